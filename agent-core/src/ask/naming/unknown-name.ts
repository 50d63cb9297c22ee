import { kindNames, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { nearMatches } from '../../reading/near-match.ts';
import type { AskContext, Reply } from '../intent.ts';
import type { Phrase } from './phrase.ts';
import { tiers } from './exact-name.ts';

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
export function isPlausible({ name }: Phrase, words: string): boolean {
  return (
    !sentenceWords.test(words.replace(/^(?:the|my|our|a|an|any|all) /i, '').replaceAll('-', '_')) &&
    !sentenceWords.test(name.replaceAll('-', ' ')) &&
    !/\bnamespaces?\b/i.test(name)
  );
}

/** That there is no such object, with what may have been meant; or that it could not be seen. */
export function unknownName(context: AskContext, phrase: Phrase, among: readonly KindName[] | undefined): Reply {
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
