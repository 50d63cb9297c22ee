import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { isFinished } from '../../reading/pods/pod-status.ts';
import type { Live } from '../action.ts';

const Selector = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z
    .array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
    .optional(),
});

const operators: Readonly<Record<string, (key: string, values: readonly string[]) => string>> = {
  In: (key, values) => `${key} in (${values.join(',')})`,
  NotIn: (key, values) => `${key} notin (${values.join(',')})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
};

/** A label selector as the API server's query takes it; undefined for one that selects nothing or is not understood. */
export function selectorText(selector: unknown): string | undefined {
  const read = Selector.safeParse(selector);
  if (!read.success) return undefined;
  const labels = Object.entries(read.data.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const expressions = (read.data.matchExpressions ?? []).map(({ key, operator, values }) =>
    operators[operator]?.(key, values ?? []),
  );
  if (expressions.includes(undefined) || labels.length + expressions.length === 0) return undefined;
  return [...labels, ...expressions].join(',');
}

/** Pods that a selector, as the API server's query takes it, selects and that have not finished. */
async function podsSelected(labelSelector: string, namespace: string, live: Live): Promise<readonly Manifest[]> {
  const pods = await live.cluster.list(
    { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector },
    { signal: live.signal },
  );
  return pods.filter((pod) => !isFinished(kinds.Pod.shape.read(pod)));
}

/** Pods that a workload's selector selects and that have not finished. */
export async function podsOf(workload: Manifest, live: Live): Promise<readonly Manifest[]> {
  const selector = selectorText((workload as { spec?: { selector?: unknown } }).spec?.selector);
  return selector === undefined ? [] : await podsSelected(selector, workload.metadata.namespace ?? '', live);
}

/** Pods that have all of these labels and have not finished; none for no labels, as a Service selects. */
export async function podsLabelled(
  labels: Readonly<Record<string, string>>,
  namespace: string,
  live: Live,
): Promise<readonly Manifest[]> {
  const selector = selectorText({ matchLabels: labels });
  return selector === undefined ? [] : await podsSelected(selector, namespace, live);
}
