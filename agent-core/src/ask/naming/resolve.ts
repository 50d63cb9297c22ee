import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { directlyUsedBy, ownedTree } from '../../graph/graph.ts';
import type { AskContext, Reply } from '../intent.ts';
import { distinct, namesOf } from './names.ts';
import { otherwiseCalled } from './otherwise-called.ts';
import { kindFromWords, readPhrase } from './phrase.ts';
import type { Phrase } from './phrase.ts';
import { playersOf } from './well-known-roles.ts';
import { exactlyNamed } from './exact-name.ts';
import { joinedNames } from './joined-names.ts';
import { isPlausible, unknownName } from './unknown-name.ts';

/** The objects that a phrase names, or the reply that says why there are none. */
export type Resolved = { readonly objects: readonly [ObjectRef, ...ObjectRef[]] } | { readonly reply: Reply };

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

/** Words that are to name something, and what they were read as. */
interface Asked {
  readonly words: string;
  readonly read: Phrase | undefined;
  /** With the namespace of the question where the words name none. */
  readonly phrase: Phrase | undefined;
  readonly among: readonly KindName[] | undefined;
}

/** Names as people say them: "worker 2" is called worker2, or worker-2. */
function calledOtherwise(snapshot: Snapshot, phrase: Phrase, words: string): readonly ObjectRef[] {
  const [, word, number] = /^(?:the )?(?:node )?([a-z-]+) (\d+)$/i.exec(words) ?? [];
  const nodes = word === undefined || number === undefined ? [] : [`${word}${number}`, `${word}-${number}`];
  return [
    ...otherwiseCalled(snapshot, phrase),
    ...nodes.flatMap((name) => otherwiseCalled(snapshot, { kind: 'Node', namespace: undefined, name })),
  ];
}

/** The objects that are meant, by the surest of the ways in which words name objects. */
function meant({ snapshot, namespace }: AskContext, { words, read, phrase, among }: Asked): readonly ObjectRef[] {
  const own =
    phrase === undefined
      ? []
      : exactlyNamed(snapshot, phrase, among).filter(
          (ref) => read?.namespace === undefined || read.kind !== undefined || ref.namespace !== '',
        );
  if (own.length > 0) return own;
  const players = among === undefined ? playersOf(snapshot, namespace, words) : [];
  if (players.length > 0) return players;
  const joined = joinedNames(snapshot, words, namespace, read?.kind === undefined);
  if (joined.length > 0 || among !== undefined || phrase === undefined) return joined;
  return calledOtherwise(snapshot, phrase, words);
}

/** Two words were read as namespace and name; where there is no such namespace, both are the name. */
function isWhollyAName({ snapshot }: AskContext, { words, read }: Asked): boolean {
  return (
    read?.namespace !== undefined &&
    read.kind === undefined &&
    !words.includes('/') &&
    snapshot.lacks('Namespace', '', read.namespace)
  );
}

function notFound(context: AskContext, asked: Asked): Reply {
  const { words, phrase, among } = asked;
  const headline = `I cannot tell which object "${words}" means.`;
  // Not a name at all, or the name of a kind: another reading of the question may do better.
  const isKind = kindFromWords(words.replace(/^(?:the|my|our|a|an|any|all|some) /i, '')) !== undefined;
  if (isKind || (phrase !== undefined && !isPlausible(phrase, words))) return { outcome: 'not-understood', headline };
  if (phrase === undefined) return { outcome: 'no-such-name', headline };
  if (!isWhollyAName(context, asked)) return unknownName(context, phrase, among);
  const name = words.split(' ').slice(-2).join('-');
  return unknownName(context, { kind: undefined, namespace: context.namespace, name }, among);
}

/**
 * Finds what a person named. A name in several namespaces gives all of them (an answer then names each); a name that
 * does not exist gives near matches, never another object. `among` limits a bare name to some kinds.
 */
export function resolve(context: AskContext, asked: string, among?: readonly KindName[]): Resolved {
  // Of a whole address, the host says which object is meant.
  const words = asked.trim().replace(/^https?:\/\/([^/\s:]+)\S*$/i, '$1');
  const several = / and | or |, /i.test(words) ? severalNamed(context, words, among) : undefined;
  if (several !== undefined) return several;
  const part = belongingTo(context, words);
  if (part !== undefined) return part;
  const read = readPhrase(words);
  const phrase = read === undefined ? undefined : { ...read, namespace: read.namespace ?? context.namespace };
  const one: Asked = { words, read, phrase, among };
  const [first, ...rest] = meant(context, one);
  return first === undefined ? { reply: notFound(context, one) } : { objects: [first, ...rest] };
}
