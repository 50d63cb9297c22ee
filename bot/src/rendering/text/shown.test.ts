import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostileText } from '../testing/hostile-text.ts';
import { codePoints, cutTo } from './code-points.ts';
import { shown, shownLines } from './shown.ts';

it('a text is cut by characters, never inside of one, and the cut is seen', () => {
  expect(cutTo('😀😀😀', 3)).toBe('😀😀😀');
  expect(cutTo('😀😀😀😀', 3)).toBe('😀😀…');
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 1, max: 100 }), (text, most) => {
      expect(cutTo(text, most).isWellFormed()).toBe(true);
      expect(codePoints(cutTo(text, most))).toBeLessThanOrEqual(most);
    }),
  );
});

it('what cannot be seen is shown', () => {
  expect(shown('a\u202Eb\u0000c', 100)).toBe(String.raw`a\u{202e}b\x00c`);
});

it('lines stay lines only where lines are wanted', () => {
  expect(shown('a\r\nb\n\n c', 100)).toBe('a b c');
  expect(shownLines('a\r\nb', 100)).toBe('a\nb');
});
