import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../reading/near-match.ts';
import type { AskContext, Reply } from './intent.ts';
import { readPhrase } from './phrase.ts';
import type { Phrase } from './phrase.ts';

/** The objects that a phrase names, or the reply that says why there are none. */
export type Resolved = { readonly objects: readonly [ObjectRef, ...ObjectRef[]] } | { readonly reply: Reply };

/** Kinds by how likely a bare name means them; a name found in one tier is not looked for in the next. */
const tiers: readonly (readonly KindName[])[] = [
  ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'ReplicationController'],
  ['Job', 'Pod', 'Service', 'Ingress', 'HTTPRoute', 'Gateway', 'Node'],
  ['Namespace', 'PersistentVolumeClaim', 'ConfigMap', 'Secret', 'HorizontalPodAutoscaler', 'PersistentVolume', 'ReplicaSet'],
  ['StorageClass', 'IngressClass', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount', 'ResourceQuota', 'LimitRange', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition'],
];

function named(snapshot: Snapshot, kind: KindName, phrase: Phrase): readonly ObjectRef[] {
  const { name, namespace } = phrase;
  if (namespace !== undefined && kinds[kind].namespaced) {
    const object = snapshot.get(kind, namespace, name);
    return object === undefined ? [] : [refTo(kind, object)];
  }
  return snapshot.list(kind).filter((o) => o.metadata.name === name).map((o) => refTo(kind, o));
}

function customNamed(snapshot: Snapshot, phrase: Phrase): readonly ObjectRef[] {
  return snapshot.custom
    .filter(({ metadata }) => metadata.name === phrase.name && (phrase.namespace === undefined || metadata.namespace === phrase.namespace))
    .map(({ apiVersion, kind, metadata }) => ({ apiVersion, kind, namespace: metadata.namespace, name: metadata.name, uid: metadata.uid }));
}

function exact(snapshot: Snapshot, phrase: Phrase, among: readonly KindName[] | undefined): readonly ObjectRef[] {
  if (phrase.kind !== undefined) return named(snapshot, phrase.kind, phrase);
  for (const tier of among === undefined ? tiers : [among]) {
    const found = tier.flatMap((kind) => named(snapshot, kind, phrase));
    if (found.length > 0) return found;
  }
  return among === undefined ? customNamed(snapshot, phrase) : [];
}

function alike(snapshot: Snapshot, phrase: Phrase, among: readonly KindName[]): readonly string[] {
  const byName = new Map<string, ObjectRef[]>();
  for (const kind of among) {
    for (const object of snapshot.list(kind)) {
      // What a controller made has its controller's name in its own, and is not what people ask about.
      if (phrase.kind === undefined && object.metadata.ownerReferences.some((owner) => owner.controller === true)) continue;
      pushTo(byName, object.metadata.name, refTo(kind, object));
    }
  }
  const same = byName.get(phrase.name) ?? [];
  const near = nearMatches(phrase.name, byName.keys()).flatMap((name) => byName.get(name) ?? []);
  return [...new Set([...same, ...near].map(refText))].slice(0, 5);
}

function unknown(context: AskContext, phrase: Phrase, among: readonly KindName[] | undefined): Reply {
  const { snapshot } = context;
  const { kind, name, namespace } = phrase;
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  if (kind !== undefined && snapshot.coverage(kind, namespace) === 'none') {
    return { outcome: 'not-seen', headline: `I could not read ${kinds[kind].plural}${where}, so I cannot tell whether there is a ${kind} "${name}".`, blindSpots: [...snapshot.blindSpots] };
  }
  const searched = kind === undefined ? (among ?? tiers.flat()) : [kind];
  const suggestions = alike(snapshot, phrase, searched);
  const elsewhere = suggestions.length > 0 ? suggestions : alike(snapshot, phrase, kindNames.filter((k) => k !== 'Event' && k !== 'Lease'));
  return { outcome: 'no-such-name', headline: `There is no ${kind ?? 'object'} "${name}"${where}.`, suggestions: [...elsewhere] };
}

/**
 * Finds what a person named. A name in several namespaces gives all of them (an answer then names each); a name that
 * does not exist gives near matches, never another object. `among` limits a bare name to some kinds.
 */
export function resolve(context: AskContext, words: string, among?: readonly KindName[]): Resolved {
  const read = readPhrase(words);
  if (read === undefined) return { reply: { outcome: 'no-such-name', headline: `I cannot tell which object "${words}" means.` } };
  const phrase = { ...read, namespace: read.namespace ?? context.namespace };
  const [first, ...rest] = exact(context.snapshot, phrase, among);
  return first === undefined ? { reply: unknown(context, phrase, among) } : { objects: [first, ...rest] };
}
