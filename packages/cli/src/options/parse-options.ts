import { parseArgs } from 'node:util';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import type { OptionSchema, OptionsOf } from './option.ts';
import { optionTable } from './option-table.ts';
import type { OptionRow } from './option-table.ts';
import { didYouMean, usageError } from './usage-error.ts';

export interface Parsed<S extends OptionSchema> {
  readonly options: OptionsOf<S>;
  readonly positionals: readonly string[];
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

function unknownOption(token: OptionToken, rows: readonly OptionRow[], command: string): Error {
  const near = token.rawName.startsWith('--')
    ? nearMatches(
        token.name,
        rows.map((row) => row.name),
      )
    : [];
  const help = `\`autodevops ${command} --help\` lists the options.`;
  return usageError(
    `There is no option ${printable(token.rawName)}.`,
    didYouMean(
      near.map((name) => `--${name}`),
      help,
    ),
  );
}

/** `true` or `false`. */
function flagWord(token: OptionToken): string {
  const word = token.value ?? 'true';
  if (word === 'true' || word === 'false') return word;
  throw usageError(`${token.rawName} takes no value.`, `Write ${token.rawName} alone.`);
}

function valueWord(token: OptionToken, row: OptionRow): string {
  const { rawName, inlineValue } = token;
  // kubectl reads `-o=json` as `-o json`.
  const value = inlineValue === true && !rawName.startsWith('--') ? token.value?.replace(/^=/, '') : token.value;
  const looksLikeOption = inlineValue === false && /^-./.test(value ?? '');
  if (value !== undefined && value !== '' && !looksLikeOption) return value;
  throw usageError(`${rawName} needs a value.`, `Write --${row.name}=${row.value ?? 'VALUE'}.`);
}

/** kubectl users write `-n a,b` and `-n a -n b`; both are lists. */
function wordsOf(token: OptionToken, row: OptionRow): readonly string[] {
  if (!row.takesValue) return [flagWord(token)];
  const word = valueWord(token, row);
  return row.repeats ? word.split(',').filter((part) => part !== '') : [word];
}

function misread(row: OptionRow, given: readonly string[], wanted: string): Error {
  const { name, choices, value = 'VALUE' } = row;
  if (choices.length === 0) {
    const written = printable(row.repeats ? given.join(',') : (given.at(-1) ?? ''));
    return usageError(`--${name}: "${written}" is not ${wanted}.`, `Write --${name}=${value}.`);
  }
  const written = printable(given.find((word) => !choices.includes(word)) ?? '');
  return usageError(
    `--${name}: "${written}" is none of ${choices.join(', ')}.`,
    didYouMean(nearMatches(written, choices), `Write --${name}=${choices[0] ?? ''}.`),
  );
}

/** By the fields of the options. What was not given and stands for nothing is left out. */
function valuesOf(
  rows: readonly OptionRow[],
  words: ReadonlyMap<OptionRow, readonly string[]>,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const row of rows) {
    const given = words.get(row);
    const reading = given === undefined ? { value: row.standard } : row.read(given);
    if ('wanted' in reading) throw misread(row, given ?? [], reading.wanted);
    if (reading.value !== undefined) values[row.key] = reading.value;
  }
  return values;
}

/** Reads a command's arguments by its declaration. Throws `usage` with a near match or the right form. */
export function parseOptions<S extends OptionSchema>(schema: S, args: readonly string[], command: string): Parsed<S> {
  const rows = optionTable(schema);
  const options = Object.fromEntries(
    rows.map((row) => [
      row.name,
      {
        type: row.takesValue ? ('string' as const) : ('boolean' as const),
        ...(row.short === undefined ? {} : { short: row.short }),
      },
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const words = new Map<OptionRow, readonly string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const row = rows.find((candidate) => candidate.name === token.name);
    if (row === undefined) throw unknownOption(token, rows, command);
    words.set(row, [...(words.get(row) ?? []), ...wordsOf(token, row)]);
  }
  return { options: valuesOf(rows, words) as OptionsOf<S>, positionals };
}
