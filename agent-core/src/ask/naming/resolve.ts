import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName, ObjectOf } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { directlyUsedBy, ownedTree } from '../../graph/graph.ts';
import { nearMatches } from '../../reading/near-match.ts';
import type { AskContext, Reply } from '../intent.ts';
import { distinct, namesOf } from './names.ts';
import { otherwiseCalled } from './otherwise-called.ts';
import { kindFromWords, readPhrase } from './phrase.ts';
import type { Phrase } from './phrase.ts';
import { playersOf } from './well-known-roles.ts';

/** The objects that a phrase names, or the reply that says why there are none. */
export type Resolved = { readonly objects: readonly [ObjectRef, ...ObjectRef[]] } | { readonly reply: Reply };

/** Kinds by how likely a bare name means them; a name found in one tier is not looked for in the next. */
const tiers: readonly (readonly KindName[])[] = [
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
      if (phrase.kind === undefined && object.metadata.ownerReferences.some((owner) => owner.controller === true)) {
        continue;
      }
      pushTo(byName, object.metadata.name, refTo(kind, object));
    }
  }
  const same = byName.get(phrase.name) ?? [];
  const near = nearMatches(phrase.name, byName.keys()).flatMap((name) => byName.get(name) ?? []);
  return [...new Set([...same, ...near].map(refText))].slice(0, 5);
}

/** Words that are part of a sentence and of no name. */
const sentenceWords =
  /\b(?:nothing|anything|something|everything|none|the|there|if|that|which|what|why|when|who|and|or|not|any|most|more|my|i|we|you|it|to|be|been|is|are|was|has|have|does|do|did|ever|missing|down|up|all|every|each|for|with|without|by|from|into|than|then|so|can|should|would|will|today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/i;

/** Whether the words can be a name that somebody mistook, and are no part of a question that was read wrongly. */
function isPlausible({ name }: Phrase, words: string): boolean {
  return (
    !sentenceWords.test(words.replace(/^(?:the|my|our|a|an|any|all) /i, '').replaceAll('-', '_')) &&
    !sentenceWords.test(name.replaceAll('-', ' ')) &&
    !/\bnamespaces?\b/i.test(name)
  );
}

function unknown(context: AskContext, phrase: Phrase, among: readonly KindName[] | undefined): Reply {
  const { snapshot } = context;
  const { kind, name, namespace } = phrase;
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  if (kind !== undefined && snapshot.coverage(kind, namespace) === 'none') {
    return {
      outcome: 'not-seen',
      headline: `I could not read ${kinds[kind].plural}${where}, so I cannot tell whether there is a ${kind} "${name}".`,
      blindSpots: [...snapshot.blindSpots],
    };
  }
  const searched = kind === undefined ? (among ?? tiers.flat()) : [kind];
  const suggestions = alike(snapshot, phrase, searched);
  const elsewhere =
    suggestions.length > 0
      ? suggestions
      : alike(
          snapshot,
          phrase,
          kindNames.filter((k) => k !== 'Event' && k !== 'Lease'),
        );
  return {
    outcome: 'no-such-name',
    headline: `There is no ${kind ?? 'object'} "${name}"${where}.`,
    suggestions: [...elsewhere],
  };
}

/** Whether an object has just this name. */
export function isNamed(context: AskContext, words: string): boolean {
  const phrase = readPhrase(words);
  return (
    phrase !== undefined &&
    exact(context.snapshot, { ...phrase, namespace: phrase.namespace ?? context.namespace }, undefined).length > 0
  );
}

/** "the pvc of cart-store", "the pods behind web": objects of a kind that belong to what is named. */
const belonging =
  /^(?:the |all )?(?<kind>[a-z ]+?) (?:of|for|behind|used by|belonging to) (?:the )?(?<owner>[\w./ -]+)$/i;

/** What of an object stands for the object: "the rollout of web". */
const itself =
  /^(?:the )?(?:latest |last |new |current )?(?:rollout|roll-out|release|deploy|update|upgrade|app|application|workload|program|process) of (?=\S)/i;

function belongingTo(context: AskContext, words: string): Resolved | undefined {
  if (itself.test(words)) return resolve(context, words.replace(itself, ''));
  const { kind: kindWords = '', owner = '' } = belonging.exec(words.trim())?.groups ?? {};
  const kind = kindFromWords(kindWords);
  if (kind === undefined || context.snapshot.get('Namespace', '', owner) !== undefined) return undefined;
  const owners = resolve(context, owner);
  if ('reply' in owners) return owners;
  const own = owners.objects.flatMap((ref) => [ref, ...ownedTree(context.snapshot, ref)]);
  const [first, ...rest] = distinct(
    [...own, ...own.flatMap((ref) => directlyUsedBy(context.snapshot, ref))].filter((ref) => ref.kind === kind),
  );
  if (first !== undefined) return { objects: [first, ...rest] };
  return {
    reply: {
      headline: `${namesOf(owners.objects)} ${owners.objects.length === 1 ? 'has' : 'have'} no ${kind} that can be seen.`,
      objects: [...owners.objects],
    },
  };
}

function inNamespace<K extends KindName>(
  snapshot: Snapshot,
  kind: K,
  namespace: string | undefined,
): readonly ObjectOf<K>[] {
  return namespace === undefined ? snapshot.list(kind) : snapshot.listIn(kind, namespace);
}

/** "front end" for `front-end` and `frontend`; `isInParts`: also where the words are only parts of a name. */
function joinedNames(
  snapshot: Snapshot,
  words: string,
  namespace: string | undefined,
  isInParts: boolean,
): readonly ObjectRef[] {
  const parts = words
    .trim()
    .replace(/^(?:the|my|our|a) /i, '')
    .split(' ');
  if (parts.length < 2 || parts.length > 3) return [];
  const whole = ['-', '']
    .map((by) => exact(snapshot, { kind: undefined, namespace, name: parts.join(by) }, undefined))
    .find((refs) => refs.length > 0);
  if (whole !== undefined || !isInParts) return whole ?? [];
  // "The vault injector": of one workload only, all words are parts of its name.
  const having = (tiers[0] ?? []).flatMap((kind) =>
    inNamespace(snapshot, kind, namespace)
      .filter(({ metadata }) => parts.every((part) => metadata.name.split('-').includes(part.toLowerCase())))
      .map((o) => refTo(kind, o)),
  );
  return having.length === 1 ? having : [];
}

/** "db and web", "api, web and db": each by itself; undefined where one of them is nobody's name. */
function severalNamed(
  context: AskContext,
  words: string,
  among: readonly KindName[] | undefined,
): Resolved | undefined {
  const found = words
    .split(/(?:, | and | or )+/i)
    .filter((word) => word !== '')
    .map((word) => resolve(context, word, among));
  const [first, ...rest] = distinct(found.flatMap((one) => ('objects' in one ? one.objects : [])));
  return first === undefined || found.some((one) => 'reply' in one) ? undefined : { objects: [first, ...rest] };
}

/**
 * Finds what a person named. A name in several namespaces gives all of them (an answer then names each); a name that
 * does not exist gives near matches, never another object. `among` limits a bare name to some kinds.
 */
export function resolve(context: AskContext, asked: string, among?: readonly KindName[]): Resolved {
  const { snapshot } = context;
  // Of a whole address, the host says which object is meant.
  const words = asked.trim().replace(/^https?:\/\/([^/\s:]+)\S*$/i, '$1');
  const several = / and | or |, /i.test(words) ? severalNamed(context, words, among) : undefined;
  if (several !== undefined) return several;
  const part = belongingTo(context, words);
  if (part !== undefined) return part;
  const read = readPhrase(words);
  const phrase = read === undefined ? undefined : { ...read, namespace: read.namespace ?? context.namespace };
  const own =
    phrase === undefined
      ? []
      : exact(snapshot, phrase, among).filter(
          (ref) => read?.namespace === undefined || read.kind !== undefined || ref.namespace !== '',
        );
  const players = own.length > 0 || among !== undefined ? [] : playersOf(snapshot, context.namespace, words);
  const joined =
    own.length > 0 || players.length > 0
      ? []
      : joinedNames(snapshot, words, context.namespace, read?.kind === undefined);
  const isOpen = own.length === 0 && joined.length === 0 && players.length === 0 && among === undefined;
  // "Worker 2" is called worker2, or worker-2.
  const inOne = /^(?:the )?(?:node )?([a-z-]+) (\d+)$/i.exec(words);
  const called = (
    !isOpen || phrase === undefined
      ? []
      : [phrase.name, ...(inOne === null ? [] : [`${inOne[1]}${inOne[2]}`, `${inOne[1]}-${inOne[2]}`])]
  ).flatMap((name, index) =>
    phrase === undefined
      ? []
      : otherwiseCalled(snapshot, index === 0 ? phrase : { kind: 'Node', namespace: undefined, name }),
  );
  const [first, ...rest] = [own, players, joined, called].find((refs) => refs.length > 0) ?? [];
  if (first !== undefined) return { objects: [first, ...rest] };
  // Not a name at all, or the name of a kind: another reading of the question may do better.
  const isKind = kindFromWords(words.replace(/^(?:the|my|our|a|an|any|all|some) /i, '')) !== undefined;
  if (isKind || (phrase !== undefined && !isPlausible(phrase, words))) {
    return { reply: { outcome: 'not-understood', headline: `I cannot tell which object "${words}" means.` } };
  }
  // Two words were read as namespace and name; where there is no such namespace, both are the name.
  if (
    phrase !== undefined &&
    read?.namespace !== undefined &&
    read.kind === undefined &&
    !words.includes('/') &&
    snapshot.lacks('Namespace', '', read.namespace)
  ) {
    return {
      reply: unknown(
        context,
        { kind: undefined, namespace: context.namespace, name: words.trim().split(' ').slice(-2).join('-') },
        among,
      ),
    };
  }
  return {
    reply:
      phrase === undefined
        ? { outcome: 'no-such-name', headline: `I cannot tell which object "${words}" means.` }
        : unknown(context, phrase, among),
  };
}
