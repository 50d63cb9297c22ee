import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { isKindName, kindFromWord, kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';

/** Groups that once served a kind which lives elsewhere today. */
const formerGroups: { readonly [K in KindName]?: readonly string[] } = {
  Deployment: ['extensions'],
  DaemonSet: ['extensions'],
  ReplicaSet: ['extensions'],
  Ingress: ['extensions'],
  NetworkPolicy: ['extensions'],
  PodDisruptionBudget: ['extensions'],
  Event: ['events.k8s.io'],
};

/**
 * Which of our kinds an object is: by its kind and its group, today's or a former one. An object without an apiVersion
 * is taken by its kind alone. Undefined for a kind of somebody else's, even of the same name (a Knative Service).
 */
export function resolveKind(kind: string, apiVersion: string): KindName | undefined {
  if (!isKindName(kind)) return undefined;
  if (apiVersion === '') return kind;
  const group = groupOf(apiVersion);
  return group === kinds[kind].group || (formerGroups[kind]?.includes(group) ?? false) ? kind : undefined;
}

const squashed = new Map(
  kindNames.flatMap(
    (kind) =>
      [
        [kind.toLowerCase(), kind],
        [kinds[kind].plural, kind],
      ] as const,
  ),
);

/** `core_v1_pods`, `apps_v1_deployments`: as Sonobuoy calls its lists. */
const versioned = /^[a-z0-9.-]{1,80}_v\d[a-z0-9]{0,10}_/;

/** A kind out of a file or folder name: `pods`, `pod-disruption-budgets`, `network-policy`, `pvcs`. */
export function kindFromFileName(name: string): KindName | undefined {
  const word = name.toLowerCase().replace(versioned, '').replaceAll(/[-_ ]/g, '');
  if (word.length < 2) return undefined;
  return (
    squashed.get(word) ??
    kindFromWord(word) ??
    (word.endsWith('s') && word.length > 2 ? kindFromWord(word.slice(0, -1)) : undefined)
  );
}
