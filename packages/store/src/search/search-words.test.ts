import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { searchWords, wantedWords } from './search-words.ts';

it('splits at everything that is neither letter nor digit', () => {
  expect(searchWords('pod/web-1: OOMKilled (exit_code=137)')).toEqual([
    'pod',
    'web',
    '1',
    'oomkilled',
    'exit',
    'code',
    '137',
  ]);
});

it('does not tell letters apart by case or accent', () => {
  expect(searchWords('Müller ÉTÉ İstanbul')).toEqual(['muller', 'ete', 'istanbul']);
});

it('leaves nothing that is syntax of a search language', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      searchWords(text).every((word) => /^[\p{L}\p{N}]+$/u.test(word)),
    ),
  );
});

it('cuts what is endless', () => {
  expect(searchWords('a'.repeat(1_000_000))).toEqual(['a'.repeat(64)]);
  expect(searchWords('b '.repeat(20_000))).toHaveLength(10_000);
});

it('looks for a word once, however often it is said', () => {
  expect(wantedWords('down Down DOWN up')).toEqual(['down', 'up']);
});
