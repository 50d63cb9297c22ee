import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { AskContext } from '../intent.ts';
import { readPhrase } from './phrase.ts';
import type { Phrase } from './phrase.ts';

/** Kinds by how likely a bare name means them; a name found in one tier is not looked for in the next. */
export const tiers: readonly (readonly KindName[])[] = [
  ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'ReplicationController'],
  ['Job', 'Pod', 'Service', 'Ingress', 'HTTPRoute', 'Gateway', 'Node'],
  [
    'Namespace',
    'PersistentVolumeClaim',
    'ConfigMap',
    'Secret',
    'HorizontalPodAutoscaler',
    'PersistentVolume',
    'ReplicaSet',
  ],
  [
    'StorageClass',
    'IngressClass',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'ServiceAccount',
    'ResourceQuota',
    'LimitRange',
    'Role',
    'RoleBinding',
    'ClusterRole',
    'ClusterRoleBinding',
    'CustomResourceDefinition',
  ],
];

function named(snapshot: Snapshot, kind: KindName, phrase: Phrase): readonly ObjectRef[] {
  const { name, namespace } = phrase;
  if (namespace !== undefined && kinds[kind].namespaced) {
    const object = snapshot.get(kind, namespace, name);
    return object === undefined ? [] : [refTo(kind, object)];
  }
  return snapshot
    .list(kind)
    .filter((o) => o.metadata.name === name)
    .map((o) => refTo(kind, o));
}

function customNamed(snapshot: Snapshot, phrase: Phrase): readonly ObjectRef[] {
  return snapshot.custom
    .filter(
      ({ metadata }) =>
        metadata.name === phrase.name && (phrase.namespace === undefined || metadata.namespace === phrase.namespace),
    )
    .map(({ apiVersion, kind, metadata }) => ({
      apiVersion,
      kind,
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
    }));
}

/** The objects that have just this name: of a bare name, those of the likeliest kinds. */
export function exactlyNamed(
  snapshot: Snapshot,
  phrase: Phrase,
  among: readonly KindName[] | undefined,
): readonly ObjectRef[] {
  if (phrase.kind !== undefined) return named(snapshot, phrase.kind, phrase);
  for (const tier of among === undefined ? tiers : [among]) {
    const found = tier.flatMap((kind) => named(snapshot, kind, phrase));
    if (found.length > 0) return found;
  }
  return among === undefined ? customNamed(snapshot, phrase) : [];
}

/** Whether an object has just this name. */
export function isNamed(context: AskContext, words: string): boolean {
  const phrase = readPhrase(words);
  return (
    phrase !== undefined &&
    exactlyNamed(context.snapshot, { ...phrase, namespace: phrase.namespace ?? context.namespace }, undefined).length >
      0
  );
}
