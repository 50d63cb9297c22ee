import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { matchesSelector } from '../../reading/selector.ts';
import { labelsOf } from './touch.ts';

const Budget = z.looseObject({
  spec: z.looseObject({
    selector: z
      .looseObject({
        matchLabels: z.record(z.string(), z.string()).catch({}).default({}),
        matchExpressions: z
          .array(
            z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).catch([]).default([]) }),
          )
          .catch([])
          .default([]),
      })
      .optional(),
  }),
  status: z.looseObject({ disruptionsAllowed: z.int() }).optional(),
});

/** How many of its pods a budget lets go now; undefined when it covers none of these. One without status allows none yet. */
function allowedBy(object: Manifest, pods: readonly Manifest[]): number | undefined {
  const { spec, status } = Budget.parse(object);
  const { selector } = spec;
  if (selector === undefined) return undefined;
  const covers = pods.some(
    (pod) => pod.metadata.namespace === object.metadata.namespace && matchesSelector(selector, labelsOf(pod)),
  );
  return covers ? (status?.disruptionsAllowed ?? 0) : undefined;
}

/** The fewest disruptions that a PodDisruptionBudget over the pods allows now; undefined when none covers them. */
export async function disruptionsAllowed(
  pods: readonly Manifest[],
  view: ClusterView,
  signal: AbortSignal,
): Promise<number | undefined> {
  const namespaces = [...new Set(pods.map((pod) => pod.metadata.namespace ?? ''))].filter(
    (namespace) => namespace !== '',
  );
  const budgets = await Promise.all(
    namespaces.map((namespace) =>
      view.list({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', namespace }, { signal }),
    ),
  );
  const allowed = budgets.flat().flatMap((budget) => allowedBy(budget, pods) ?? []);
  return allowed.length === 0 ? undefined : Math.min(...allowed);
}
