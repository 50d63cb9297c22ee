import { counted } from '@autodevops/domain/count-words';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { listOf, text, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { paint, symbol } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

const rowWanted = 'the number of a row';

export const auditVerifyCommand = command({
  operands: 'FILE',
  description:
    'Verifies an exported audit log: no agent, no database and no trust in us are needed; docs/audit-format.md tells the form, so that another program can do the same. Names the first bad row. That the end was cut, or everything written anew, only checkpoints of a second place can show. Exit codes: 0 intact, 65 not.',
  examples: [
    ['autodevops audit verify audit.jsonl', 'every row follows the one before'],
    ['autodevops audit verify audit.jsonl --checkpoints checkpoints.jsonl', 'and its end was not cut'],
  ],
  options: {
    checkpoints: option(text, {
      value: 'FILE',
      completes: 'files',
      says: 'Signed checkpoints from the second place where they are kept.',
    }),
    trusted: option(listOf(text), {
      value: 'KEY',
      says: 'A public key (SPKI, base64) whose checkpoints are believed; may be repeated. Those of any key when absent.',
    }),
    first: option(wholeNumber(1, Number.MAX_SAFE_INTEGER, rowWanted), {
      value: 'ROW',
      says: 'The row that the file begins with, where it is a part of a log.',
    }),
    output: structured,
    ...everywhere,
  },
  run: async ({ options: { checkpoints, trusted, first, output }, positionals: [file, more], surroundings, look }) => {
    if (file === undefined || more !== undefined) {
      throw usageError('Which file?', 'Give one file, as `autodevops audit export` writes it.');
    }
    const verdict = await (
      await surroundings.keeping()
    ).verifyAudit(file, {
      ...(checkpoints === undefined ? {} : { checkpoints }),
      ...(trusted === undefined ? {} : { trusted }),
      ...(first === undefined ? {} : { first }),
    });
    const { intact, says, rows, hash } = verdict;
    const unchecked =
      intact && checkpoints === undefined
        ? ['', ...hang('', 'Without checkpoints nobody can tell whether rows were cut from its end.', look.columns)]
        : [];
    const text = [
      ...hang(`${symbol(look, intact ? 'fine' : 'problem')} `, printable(says), look.columns).map((line) =>
        paint(look, intact ? 'green' : 'red', line),
      ),
      ...(rows === 0
        ? []
        : hang('  ', `${counted(rows, 'row')}; the last good one has the hash ${hash}`, look.columns)),
      ...unchecked,
    ];
    surroundings.stdout.write(
      output === 'text' ? finish(text, look) : await structuredText({ schemaVersion: 1, ...verdict }, output),
    );
    return intact ? 0 : 65;
  },
});
