import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

it.each([
  ['a plain path as it is', '/tmp/x-1.tar.gz', '/tmp/x-1.tar.gz'],
  ['a path with a blank as one word', '/tmp/x y.tar.gz', "'/tmp/x y.tar.gz'"],
  ['a quotation mark as a letter', "it's", String.raw`'it'\''s'`],
  ['what a shell would run as letters', '$(reboot);`x`', "'$(reboot);`x`'"],
  ['nothing as an empty word', '', "''"],
])('shows %s', (_title, word, shown) => {
  expect(shellWord(word)).toBe(shown);
});

it('shows no line break and no escape sequence of a name', () => {
  expect(shellWord('a\nb\u001b[2J')).not.toMatch(/[\n\u001b]/);
});
