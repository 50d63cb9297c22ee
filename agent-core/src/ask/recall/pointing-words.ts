import type { ObjectRef } from '@autodevops/domain/object-ref';
import { kindsIn } from '../fields/asked-kinds.ts';
import { kindFromWords } from '../naming/phrase.ts';

/** A word of a question that points at something said before. */
export interface Pointing {
  /** The question without the word, for the object's words to be put in. */
  readonly before: string;
  readonly after: string;
  readonly word: string;
  /** Which of several it counts, from 0; -1 for the last. */
  readonly ordinal?: number;
  /** The kind that it names: "the pod", "that deployment". */
  readonly kind?: string;
}

const ordinals: Readonly<Record<string, number>> = {
  first: 0,
  '1st': 0,
  second: 1,
  '2nd': 1,
  other: 1,
  third: 2,
  '3rd': 2,
  fourth: 3,
  fifth: 4,
  last: -1,
};
const verb =
  '(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should|fail\\w*|crash\\w*|restart\\w*|run\\w*|start\\w*|not|still|now|healthy|ok|okay|ready|up|down|broken|working|goes|dies|in|on|talk\\w*|use\\w*|depend\\w*|keep\\w*|come\\w*|get\\w*|wait\\w*|stuck|pending)';
const counted = new RegExp(
  `\\b(?:the|that) (?<nth>first|1st|second|2nd|other|third|3rd|fourth|fifth|last)(?: (?:one|cause|problem|object|of (?:them|these|those)))?(?=$| ${verb}\\b)`,
  'i',
);
const kinded = new RegExp(`\\b(?:the|that|this|its) (?<kind>[a-z]+)(?=$| ${verb}\\b)`, 'i');
const pronoun = new RegExp(
  `\\b(?:it|them|they)\\b|\\b(?:that|this|these|those)(?: one| ones| thing| object)?(?=$| ${verb}\\b)`,
  'i',
);
/** "it" that means nothing, the whole, or what stands before it in the same question. */
const idiom =
  /^(?:(?:which|what|list|show(?: me)?|are there) .* (?:behind|of|for|on|in|with|to|from) (?:it|them)|when did the first (?:problem|trouble|issue|error|failure)s? .*|how is it going|how goes it|what time is it|is it (?:possible|true|normal|safe|ok to|okay to)\b.*|does it matter\b.*)$/i;

function at(text: string, match: RegExpExecArray): Pick<Pointing, 'before' | 'after' | 'word'> {
  return { before: text.slice(0, match.index), after: text.slice(match.index + match[0].length), word: match[0] };
}

/** "Pods on worker-1 that are not ready": the word belongs to what stands before it in the same question. */
function isRelative(text: string, { index, 0: word }: RegExpExecArray): boolean {
  const goesOn = text.slice(index + word.length).trim() !== '';
  return /^that/i.test(word) && goesOn && kindsIn(text.slice(0, index).trim()).length > 0;
}

/** The first word that points back; undefined when the question stands by itself. */
export function pointingWord(text: string): Pointing | undefined {
  if (idiom.test(text)) return undefined;
  const nth = counted.exec(text);
  if (nth !== null) return { ...at(text, nth), ordinal: ordinals[(nth.groups?.['nth'] ?? '').toLowerCase()] ?? 0 };
  const kind = kinded.exec(text);
  const named = kind === null ? undefined : kindFromWords(kind.groups?.['kind'] ?? '');
  if (kind !== null && named !== undefined) return { ...at(text, kind), kind: named };
  const word = pronoun.exec(text);
  return word === null || isRelative(text, word) ? undefined : at(text, word);
}

/** The one that the word counts or names; undefined where there is none, or more than one. */
export function pointedAt({ ordinal, kind }: Pointing, among: readonly ObjectRef[]): ObjectRef | undefined {
  if (ordinal !== undefined) return among.at(ordinal);
  const ofKind = among.filter((ref) => ref.kind === kind);
  return ofKind.length === 1 ? ofKind[0] : undefined;
}
