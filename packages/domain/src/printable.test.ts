import { describe, expect, it } from 'vitest';
import { oneLine, printable } from './printable.ts';

describe('foreign text', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a sequence that needs no escape character', '\u009b31m', '\\x9b31m'],
    ["a return to the line's beginning", 'all is\rwell', 'all is\\x0dwell'],
    ['a backspace', 'no\b\byes', 'no\\x08\\x08yes'],
    ['a turned direction', 'a\u202eb\u2066c', 'a\\u{202e}b\\u{2066}c'],
    ['what has no width', 'a\u200bb\u2060c\ufeffd\u00ade', 'a\\u{200b}b\\u{2060}c\\u{feff}d\\xade'],
    ['separators of lines that terminals break at', 'a\u2028b\u2029c', 'a\\u{2028}b\\u{2029}c'],
    ['letters that are not seen', 'a\u115fb\u3164c\uffa0d', 'a\\u{115f}b\\u{3164}c\\u{ffa0}d'],
    ['bytes hidden behind a letter', 'a\ufe01b\u{e0101}\u{e01ef}', 'a\\u{fe01}b\\u{e0101}\\u{e01ef}'],
    ['marks of other scripts that show nothing', 'a\u034fb\u180ec\u{1d173}', 'a\\u{34f}b\\u{180e}c\\u{1d173}'],
    ['letters of tags, which only programs see', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
  ])('is shown where it holds %s, and not obeyed', (_what, text, shown) => {
    expect(printable(text)).toBe(shown);
    expect(printable(shown)).toBe(shown);
  });

  it('keeps its lines, its tabs and the letters of every language', () => {
    const text = 'äöü 日本語 Ελλάδα\n\tעברית 👩‍🚒'.replace('\u200d', '');
    expect(printable(text)).toBe(text);
  });

  it('on one line is cut at an ellipsis, and has no other line in it', () => {
    expect(oneLine('  a\n\tb  c ', 10)).toBe('a b c');
    expect(oneLine('abcdef', 4)).toBe('abc…');
    expect(oneLine('abcd', 4)).toBe('abcd');
  });

  it('is not cut in the middle of a character', () => {
    expect(oneLine('ab😀cd', 4)).toBe('ab…');
    expect(oneLine('ab😀cd', 5)).toBe('ab😀…');
  });
});
