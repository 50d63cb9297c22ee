import { refKey, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Reply } from '../intent.ts';
import { plainQuestion, scopeOf } from '../question.ts';
import { about } from '../question-about.ts';
import { kindFromWords } from '../naming/phrase.ts';
import { resolve } from '../naming/resolve.ts';
import { namesOf } from '../naming/names.ts';
import { withoutSlips } from '../naming/spelling.ts';
import { stretchIn } from '../time-words.ts';
import type { AskContext } from '../intent.ts';
import { countable, subjectOf, wasAboutScope } from './asked-before.ts';
import type { AskedBefore } from './asked-before.ts';
import { followUps, intentQuestions } from './follow-ups.ts';
import { pointedAt, pointingWord } from './pointing-words.ts';
import type { Pointing } from './pointing-words.ts';

/** A question as it is taken in the light of the one before. */
export type Recalled =
  /** It stands by itself. */
  | { readonly kind: 'plain' }
  | {
      readonly kind: 'understood';
      readonly question: string;
      readonly compares: boolean;
      readonly notes: readonly string[];
    }
  /** It leans on something that is not there, or that is more than one thing. */
  | { readonly kind: 'unclear'; readonly reply: Reply };

/** So many objects can be asked about at once. */
const mostTogether = 4;
const plain: Recalled = { kind: 'plain' };

function understood(question: string, notes: readonly string[] = [], compares = false): Recalled {
  return { kind: 'understood', question, compares, notes };
}

function shortened(question: string): string {
  return question.length <= 80 ? question : `${question.slice(0, 79)}…`;
}

function nothingBefore(word: string): Recalled {
  return {
    kind: 'unclear',
    reply: {
      outcome: 'not-understood',
      headline: `I do not know what "${word}" refers to: nothing was asked before in this conversation.`,
      suggestions: ['what is wrong?', 'why is web failing?'],
    },
  };
}

function nothingMeant(word: string, before: AskedBefore): Recalled {
  return {
    kind: 'unclear',
    reply: {
      outcome: 'not-understood',
      headline: `I cannot tell what "${word}" refers to: the answer before ("${shortened(before.question)}") was about no single object.`,
      suggestions: ['what is wrong?', 'why is web failing?'],
    },
  };
}

function severalMeant(word: string, refs: readonly ObjectRef[]): Recalled {
  return {
    kind: 'unclear',
    reply: {
      outcome: 'no-such-name',
      headline: `"${word}" may mean any of ${refs.length} objects: say which.`,
      suggestions: refs.slice(0, 5).map(refText),
    },
  };
}

/** What a list named is asked about together; what one name may mean is to be told apart first. */
function areTogether({ intent }: AskedBefore, refs: readonly ObjectRef[]): boolean {
  return intent === 'objects-that-fit' && refs.length <= mostTogether;
}

function whereOf({ namespace }: AskedBefore): string {
  return namespace === '' ? '' : ` in namespace ${namespace}`;
}

function firstOf(count: number): readonly string[] {
  return count < 2
    ? []
    : [`There were ${count} problems; this is about the first. Ask "why the second one?" for the next.`];
}

function followUp(text: string, before: AskedBefore | undefined): Recalled | undefined {
  const found = followUps.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  const word = shortened(text);
  if (before === undefined) return nothingBefore(word);
  const { ask, askScope, compares = false } = found;
  if (askScope !== undefined && wasAboutScope(before)) return understood(askScope(whereOf(before)), [], compares);
  const subject = subjectOf(before);
  switch (subject.kind) {
    case 'object':
      return understood(ask(refText(subject.object)), firstOf(subject.of), compares);
    case 'several':
      return found.takesSeveral === true && areTogether(before, subject.objects)
        ? understood(ask(namesOf(subject.objects)), [], compares)
        : severalMeant(word, subject.objects);
    case 'scope':
      return askScope === undefined ? nothingMeant(word, before) : understood(askScope(whereOf(before)), [], compares);
    case 'nothing':
      return nothingMeant(word, before);
  }
}

function put({ before, after }: Pointing, ref: ObjectRef): string {
  return `${before}${refText(ref)}${after}`.replaceAll(/\s+/g, ' ').trim();
}

/** Without anything before, "it" is the whole cluster to questions about health, which `ask` knows. */
const wholeMeant =
  /^(?:why is|why does|what is (?:wrong|up|the matter|the problem) with|is|are|how is|how are) (?:it|this|that|they)\b/i;

/** Nothing is asked but which one: "what about the second one", "why the pod". */
const bareAsk = /^(?:(?:what|how) about|why(?: is| not)?|explain|tell me about|show(?: me)?)?$/i;

function pointing(text: string, before: AskedBefore | undefined): Recalled | undefined {
  const word = pointingWord(text);
  if (word === undefined) return undefined;
  if (before === undefined) {
    return word.kind !== undefined || wholeMeant.test(text) ? undefined : nothingBefore(word.word);
  }
  if (word.ordinal !== undefined || word.kind !== undefined) {
    const among = [
      ...new Map(
        [...countable(before), ...(word.kind === undefined ? [] : before.objects)].map((ref) => [refKey(ref), ref]),
      ).values(),
    ];
    const meant = pointedAt(word, among);
    if (meant !== undefined) {
      return understood(
        bareAsk.test(`${word.before} ${word.after}`.trim()) ? about.why(refText(meant)) : put(word, meant),
      );
    }
    return word.kind === undefined ? nothingMeant(word.word, before) : undefined;
  }
  const subject = subjectOf(before);
  if (subject.kind === 'object') return understood(put(word, subject.object), firstOf(subject.of));
  if (subject.kind === 'several') {
    return areTogether(before, subject.objects) && /^(?:they|them|these|those|both|their)$/i.test(word.word)
      ? understood(`${word.before}${namesOf(subject.objects)}${word.after}`.replaceAll(/\s+/g, ' ').trim())
      : severalMeant(word.word, subject.objects);
  }
  return wholeMeant.test(text) ? undefined : nothingMeant(word.word, before);
}

const again =
  /^(?:(?:please )?(?:repeat|say) (?:that|it|this)(?: again)?|again|once more|come(?: again)?|pardon|what (?:did|have) (?:you|i|we) (?:just |last )?(?:say|said|ask(?:ed)?|tell me|told me|answer(?:ed)?)(?: before| last| just now| me| earlier| previously)*|what (?:was|were) (?:my|your|the) (?:last|previous|first) (?:questions?|answers?))$/i;

/** "What did you say before?": the question before, asked again. */
function onceMore(text: string, before: AskedBefore | undefined): Recalled | undefined {
  if (!again.test(text)) return undefined;
  return before === undefined
    ? nothingBefore(shortened(text))
    : understood(before.understood === '' ? before.question : before.understood, [
        `You asked "${shortened(before.question)}"; this is the answer as it is now.`,
      ]);
}

const elsewhere =
  /^(?:(?:what|how) about |(?:the )?same )?(?:in|for) (?:the )?(?:namespace |ns )?(?<name>[\w.-]+)(?: namespace| ns)?$|^(?:what|how) about (?:the )?(?:namespace |ns )(?<after>[\w.-]+)$/i;
const another = /^(?:(?:what|how) about |(?:the )?same (?:for|with) )?(?<object>(?:[a-z]+ )?[\w./-]+)$/i;

/** "and in media?": the question before, asked about another namespace. */
function sameElsewhere(text: string, before: AskedBefore, snapshot: Snapshot): Recalled | undefined {
  const { name, after } = elsewhere.exec(text)?.groups ?? {};
  const namespace = name ?? after;
  if (namespace === undefined || snapshot.get('Namespace', '', namespace) === undefined) return undefined;
  const asked = scopeOf(plainQuestion(before.understood === '' ? before.question : before.understood), snapshot).text;
  return asked === '' ? undefined : understood(`${asked} in namespace ${namespace}`);
}

const bareTime = /^(?:(?:what|how) about |(?:the )?same (?:for )?)?(?<time>.+)$/i;

/** "and yesterday?": the question before, asked about another time. */
function sameAtAnotherTime(text: string, before: AskedBefore, { now }: Snapshot): Recalled | undefined {
  const time = bareTime.exec(text)?.groups?.['time'] ?? '';
  if (stretchIn(time, now)?.rest !== '') return undefined;
  const asked = stretchIn(plainQuestion(before.understood === '' ? before.question : before.understood), now);
  return asked === undefined ? undefined : understood(`${asked.rest} ${time}`);
}

const onlyKind = /^(?:only|just)(?: show)?(?: me)? (?:the )?(?<kind>[a-z][a-z ]+)$/i;

/** "Only the deployments": those of the place that was asked about. */
function onlyOfKind(text: string, before: AskedBefore): Recalled | undefined {
  const kind = kindFromWords(onlyKind.exec(text)?.groups?.['kind'] ?? '');
  return kind === undefined ? undefined : understood(`list ${kind}${whereOf(before)}`);
}

/** "and db?": the question before, asked about another object. */
function sameOfAnother(text: string, before: AskedBefore, context: AskContext): Recalled | undefined {
  const words = another.exec(text)?.groups?.['object'];
  const ask = intentQuestions[before.intent];
  if (words === undefined || ask === undefined || before.objects.length === 0) return undefined;
  const found = resolve(context, words);
  return 'objects' in found ? understood(ask(words)) : undefined;
}

/**
 * Takes a question in the light of the turn before, by rules: "and why?", "what about its logs?", "is it better now?",
 * "the second one?", "and in media?", "and db?". A question that stands by itself is left as it is. Where the words lean
 * on nothing, or on several things, the reply says so.
 */
export function recall(question: string, context: AskContext, before: AskedBefore | undefined): Recalled {
  const text = withoutSlips(plainQuestion(question)).replace(/^(?:and|but|then|also)[ ,]+(?=\S)/i, '');
  if (text === '') return plain;
  const repeated = onceMore(text, before);
  if (repeated !== undefined) return repeated;
  const leaning = followUp(text, before);
  if (leaning !== undefined) return leaning;
  if (before === undefined) return pointing(text, before) ?? plain;
  return (
    sameElsewhere(text, before, context.snapshot) ??
    sameAtAnotherTime(text, before, context.snapshot) ??
    onlyOfKind(text, before) ??
    pointing(text, before) ??
    sameOfAnother(text, before, context) ??
    plain
  );
}
