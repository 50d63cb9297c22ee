import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';
import { splitWords } from './split-words.ts';

const texts = (text: string): readonly string[] => splitWords(text).map((word) => word.text);

it('words are parted by any white space', () => {
  expect(texts('  show   chg-1\n now\t')).toEqual(['show', 'chg-1', 'now']);
  expect(texts('')).toEqual([]);
});

it('quotation marks hold words together, straight or typographic', () => {
  for (const text of [
    'open "Nobody can pay"',
    'open “Nobody can pay”',
    'open „Nobody can pay“',
    'open «Nobody can pay»',
    "open 'Nobody can pay'",
    'open ‘Nobody can pay’',
  ]) {
    expect(texts(text)).toEqual(['open', 'Nobody can pay']);
  }
});

it('an apostrophe is no quotation mark', () => {
  expect(texts("ask what's wrong with bob's pod")).toEqual(['ask', "what's", 'wrong', 'with', "bob's", 'pod']);
  expect(texts("ask 'what's wrong' now")).toEqual(['ask', "what's wrong", 'now']);
});

it('a mark that nothing closes is a character', () => {
  expect(texts('ask "why is web')).toEqual(['ask', '"why', 'is', 'web']);
});

it('a value behind = may be quoted', () => {
  expect(splitWords('--why="two words" value=“a b” x=1')).toEqual([
    { text: '--why=two words', isQuoted: false },
    { text: 'value=a b', isQuoted: false },
    { text: 'x=1', isQuoted: false },
  ]);
});

it('a mention with a space in its name is one word', () => {
  expect(texts('assign last <@U2|Bob B> --role responder')).toEqual([
    'assign',
    'last',
    '<@U2|Bob B>',
    '--role',
    'responder',
  ]);
});

it('a quoted word is told apart', () => {
  expect(splitWords('"--share"')).toEqual([{ text: '--share', isQuoted: true }]);
});

it('whatever is typed, no character but white space and marks is lost', () => {
  assert(
    property(string({ maxLength: 200 }), (text) => {
      const bare = (given: string): string => given.replaceAll(/[\s"'`“”„‟«»‘’‚‛]/g, '');
      expect(bare(texts(text).join(''))).toBe(bare(text));
    }),
  );
});
