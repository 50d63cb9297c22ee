import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern, patternsCover } from './name-pattern.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
const plain = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });

describe('patterns', () => {
  it.each([
    ['shop', 'shop', true],
    ['shop', 'shop-2', false],
    ['shop-*', 'shop-2', true],
    ['shop-*', 'shop-', true],
    ['*-shop', 'my-shop', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a*a', 'a', false],
    ['*', '', true],
    ['**', 'x', true],
    ['s.op', 'shop', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it('match as the regular expression would', () => {
    fc.assert(
      fc.property(letters, plain, (pattern, text) => {
        const expression = new RegExp(
          `^${pattern
            .split('*')
            .map((part) => part.replaceAll('.', '\\.'))
            .join('[^]*')}$`,
        );
        expect(matchesPattern(pattern, text)).toBe(expression.test(text));
      }),
    );
  });

  it('a pattern covers another only where it matches all that the other matches', () => {
    const words = (alphabet: readonly string[], most: number): string[] =>
      most === 0
        ? ['']
        : ['', ...words(alphabet, most - 1).flatMap((word) => alphabet.map((letter) => `${word}${letter}`))];
    const patterns = [...new Set(words(['a', '*'], 4))];
    const texts = [...new Set(words(['a', 'b'], 5))];
    const wrong = patterns.flatMap((wide) =>
      patterns
        .filter((narrow) => patternsCover([wide], [narrow]))
        .flatMap((narrow) =>
          texts
            .filter((text) => matchesPattern(narrow, text) && !matchesPattern(wide, text))
            .map((text) => ({ wide, narrow, text })),
        ),
    );
    expect(wrong).toEqual([]);
    expect(patternsCover(['shop-*', 'bar'], ['shop-a', 'shop-*-b', 'bar'])).toBe(true);
    expect(patternsCover(['shop-a'], ['shop-*'])).toBe(false);
  });
});
