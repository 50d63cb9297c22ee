import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../../reading/near-match.ts';

/** A pull secret that a pod names and that cannot serve. */
export interface BadPullSecret {
  readonly name: string;
  readonly index: number;
  /** `missing`, or the wrong type that it has. */
  readonly problem: 'missing' | 'wrong-type';
  readonly type: string;
  readonly alike: readonly string[];
  readonly elsewhere: readonly string[];
}

const pullTypes = new Set(['kubernetes.io/dockerconfigjson', 'kubernetes.io/dockercfg']);

/** Names of the namespace's secrets that hold registry credentials. */
export function pullSecretsIn(snapshot: Snapshot, namespace: string): readonly string[] {
  return snapshot
    .listIn('Secret', namespace)
    .filter((s) => pullTypes.has(s.type))
    .map((s) => s.metadata.name);
}

/** The first entry of imagePullSecrets that names no Secret or one without registry credentials. */
export function badPullSecret(snapshot: Snapshot, pod: Pod): BadPullSecret | undefined {
  const { namespace } = pod.metadata;
  for (const [index, { name }] of pod.spec.imagePullSecrets.entries()) {
    if (name === '') continue;
    const secret = snapshot.get('Secret', namespace, name);
    if (secret !== undefined && (secret.type === '' || pullTypes.has(secret.type))) continue;
    if (secret === undefined && !snapshot.lacks('Secret', namespace, name)) continue;
    const elsewhere = snapshot
      .list('Secret')
      .filter((s) => s.metadata.name === name && s.metadata.namespace !== namespace);
    return {
      name,
      index,
      problem: secret === undefined ? 'missing' : 'wrong-type',
      type: secret?.type ?? '',
      alike: nearMatches(name, pullSecretsIn(snapshot, namespace)),
      elsewhere: elsewhere.map((s) => s.metadata.namespace).slice(0, 3),
    };
  }
  return undefined;
}
