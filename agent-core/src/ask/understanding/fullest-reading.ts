import type { AskContext, Intent, Reply } from '../intent.ts';
import { intents } from '../intents/registry.ts';
import { mentioned } from '../naming/mentioned.ts';
import { lettersIn, understoodBy } from './measured-pattern.ts';

/** What an intent makes of a question, and how much of the question that is. */
export interface Reading {
  readonly intent: Intent;
  readonly reply: Reply;
  /** Letters of the question that it passes over. */
  readonly passed: number;
  /** Letters that it knows itself; a name only tells of what is spoken. */
  readonly own: number;
}

/** Of a question that is read word by word, all is known but the names. */
function knownWordByWord(text: string, context: AskContext, named: string | undefined): number {
  const names = new Set(mentioned(context, text).map(({ name }) => name));
  const words =
    named ??
    text
      .split(/[\s,;:()/]+/)
      .filter((word) => names.has(word))
      .join(' ');
  return lettersIn(text) - lettersIn(words);
}

/** By the first of its own patterns that has a reply; those that were written first are the narrower ones. */
function readingOf(intent: Intent, text: string, context: AskContext): Reading | undefined {
  for (const pattern of intent.patterns) {
    const understood = understoodBy(pattern, text);
    const replied = understood === undefined ? undefined : intent.answer(understood.caught, context);
    if (understood === undefined || replied === undefined || replied.outcome === 'not-understood') continue;
    const { named, ...reply } = replied;
    const own = intent.isWordByWord === true ? knownWordByWord(text, context, named) : understood.own;
    // A name that is none was not understood, however well the rest was.
    const passed = reply.outcome === 'no-such-name' ? lettersIn(text) - own : understood.passed;
    return { intent, reply, passed, own };
  }
  return undefined;
}

/**
 * Which of two readings understood more: the one that passes over less, then the one that knows more of the words itself;
 * where both know as much, the one that was made for just this kind of question.
 */
function byUnderstanding(a: Reading, b: Reading): number {
  return (
    a.passed - b.passed ||
    b.own - a.own ||
    Number(a.intent.isWordByWord === true) - Number(b.intent.isWordByWord === true)
  );
}

/** What is wanted of a reading. */
export interface Wanted {
  /** Some words were not understood: what lets words pass that change which objects are meant is not asked. */
  readonly isHalf: boolean;
  /** All there are, in whatever order. */
  readonly among?: readonly Intent[];
}

/** Every reading of a question, the fullest first. The order of the registry says nothing. */
export function readingsOf(text: string, context: AskContext, { isHalf, among = intents }: Wanted): readonly Reading[] {
  return among
    .filter(({ isLoose }) => !isHalf || isLoose !== true)
    .flatMap((intent) => readingOf(intent, text, context) ?? [])
    .toSorted(byUnderstanding);
}
