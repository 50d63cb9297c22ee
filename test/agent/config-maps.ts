import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import type { RawObject } from '../../packages/kube/src/replay/recording.ts';
import type { Asked, WritableCluster } from './writable-cluster.ts';

/** What the plans of these tests set: each of their steps annotates one ConfigMap. */
export const mark = 'example.com/marked';

export function configMapPath(index: number): string {
  return `/api/v1/namespaces/shop/configmaps/settings-${index}`;
}

/** A namespace with so many ConfigMaps in it. */
export function configMaps(count: number): readonly RawObject[] {
  const namespaces = ['shop', 'default'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid: `uid-${name}` },
    status: { phase: 'Active' },
  }));
  const maps = Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `settings-${index}`,
      namespace: 'shop',
      uid: `uid-settings-${index}`,
      annotations: { 'example.com/kept': 'yes' },
    },
    data: { level: '1' },
  }));
  return [...namespaces, ...maps];
}

/** A plan with one step for each ConfigMap. */
export function markAll(count: number, value: string): readonly ActionRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    action: 'annotate-object',
    target: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: `settings-${index}`, uid: '' },
    params: { annotations: { [mark]: value } },
  }));
}

interface SentStep {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** How often a ConfigMap was really marked so, and how often just that was taken back. */
export function timesMarked(
  { effects }: Pick<WritableCluster, 'effects'>,
  index: number,
  value: string,
): { readonly marked: number; readonly back: number } {
  const own = effects
    .filter(({ path }: Asked) => path === configMapPath(index))
    .map(({ body }) => JSON.parse(body) as readonly SentStep[]);
  const marked = own.filter((steps) => steps.some((step) => step.op !== 'test' && step.value === value)).length;
  const back = own.filter(
    (steps) =>
      steps.some(({ op }) => op === 'remove') && steps.some((step) => step.op === 'test' && step.value === value),
  ).length;
  return { marked, back };
}
