import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { intents } from './intents/registry.ts';
import { plainQuestion } from './question.ts';

const longest = 400;
/** A pattern that tries every way to divide a text needs years for these texts, not seconds. */
const bound = 30_000;

/** The words that a pattern knows: repeated, they are what it can be lost in. */
function wordsOf(pattern: RegExp): readonly string[] {
  return [...new Set(pattern.source.replaceAll(/\(\?<\w+>/g, '(').match(/[a-z]{2,}/gi) ?? [])].slice(0, 60);
}

function repeated(words: string): string {
  return `${words} `.repeat(longest).slice(0, longest - 1);
}

function hostileTo(pattern: RegExp): readonly string[] {
  const words = wordsOf(pattern);
  const firsts = words.slice(0, 6);
  const pairs = words.flatMap((word, i) => [
    `${word} ${words[i + 1] ?? ''}`,
    `${words[i + 1] ?? ''} ${word}`,
    `are ${word}`,
    `${word} running`,
    `is ${word}`,
  ]);
  return [...words, ...pairs].flatMap((text) => [
    repeated(text),
    ...firsts.map((first) => `${first} ${repeated(text)}`.slice(0, longest)),
  ]);
}

function survives(pattern: RegExp): boolean {
  try {
    runInNewContext(
      'for (const text of texts) pattern.exec(text);',
      { pattern, texts: hostileTo(pattern) },
      { timeout: bound },
    );
    return true;
  } catch {
    return false;
  }
}

describe('questions that were made to take long', () => {
  it.each(
    intents.flatMap(({ name, patterns }) => patterns.map((pattern, index) => ({ name: `${name} ${index}`, pattern }))),
  )(
    'do not hold up $name',
    ({ pattern }) => {
      expect(survives(pattern)).toBe(true);
    },
    2 * bound,
  );

  it('do not hold up the reading of courtesies', () => {
    const text = 'hey please can you tell me so and well now just please thanks please ';
    expect(plainQuestion(text.repeat(50)).length).toBeLessThan(longest);
  });
});
