import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

it.each([
  ['a plain path as it is', '/tmp/x-1.tar.gz', '/tmp/x-1.tar.gz'],
  ['a path with a blank as one word', '/tmp/x y.tar.gz', '"/tmp/x y.tar.gz"'],
  ['a path of Windows as cmd.exe and PowerShell read it', 'C:\\My files\\x.tar.gz', '"C:\\My files\\x.tar.gz"'],
  ['a share of Windows likewise', '\\\\server\\x.tar.gz', '"\\\\server\\x.tar.gz"'],
  ['backslashes that a shell would take away as letters', 'a\\\\b', "'a\\\\b'"],
  ['a backslash that would hide the quotation mark as a letter', 'a b\\', "'a b\\'"],
  ['a quotation mark as a letter', "it's", `"it's"`],
  ['what ends a command as a letter', 'a;b & c | d', '"a;b & c | d"'],
  [
    'quotation marks that would end themselves in one shell or another as question marks',
    "';$(reboot);'",
    '"???(reboot)??"',
  ],
  [
    'round quotes, which PowerShell takes for straight ones, as question marks',
    'x\u2019;reboot;\u2019',
    '"x??reboot??"',
  ],
  ['a variable of cmd.exe with a command behind as question marks', '%x% & reboot', '"?x? ? reboot"'],
  ['what a shell would run as letters', '$(reboot);`x`', "'$(reboot);`x`'"],
  ['nothing as an empty word', '', "''"],
])('shows %s', (_title, word, shown) => {
  expect(shellWord(word)).toBe(shown);
});

it('shows no line break and no escape sequence of a name', () => {
  expect(shellWord('a\nb\u001b[2J')).not.toMatch(/[\n\u001b]/);
});
