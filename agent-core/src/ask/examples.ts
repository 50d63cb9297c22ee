import { intents } from './intents/registry.ts';

/** Ways to speak that nobody has to be told of. */
const unlisted = new Set([
  'small-talk',
  'wish-for-change',
  'object-by-name',
  'trouble-with-mentioned',
  'what-can-you-answer',
]);

/** Examples of each kind of question. */
export const examples: readonly string[] = intents
  .filter(({ name }) => !unlisted.has(name))
  .flatMap(({ example, otherExamples = [] }) => [example, ...otherExamples]);

/** What most people ask, and what every cluster has an answer to. */
const common: readonly string[] = [
  'what is wrong?',
  'what changed since 1h?',
  'which pods are not ready?',
  'what should I do first?',
];
const most = 12;
/** In so many questions that sharing them says nothing. */
const questionWords = new Set([
  'what',
  'which',
  'when',
  'where',
  'does',
  'have',
  'show',
  'that',
  'this',
  'with',
  'there',
]);

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 3 && !questionWords.has(word));
}

/** How many words that say something two texts have in common. */
export function sharedWords(text: string, other: string): number {
  const words = new Set(wordsOf(text));
  return wordsOf(other).filter((word) => words.has(word)).length;
}

/** The examples that have most in common with a text, and the plainest ones. */
export function examplesNear(text: string): readonly string[] {
  const near = examples
    .map((example) => ({ example, count: sharedWords(text, example) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ example }) => example);
  return [...new Set([...near.slice(0, most - common.length), ...common])];
}
