import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { optionTable } from './option-table.ts';
import type { OptionRow, OptionSchema } from './option-table.ts';
import { didYouMean, usageError } from './usage-error.ts';

export interface Parsed<S extends OptionSchema> {
  readonly options: z.output<S>;
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

function flagValue(token: OptionToken): boolean {
  if (token.value === undefined || token.value === 'true') return true;
  if (token.value === 'false') return false;
  throw usageError(`${token.rawName} takes no value.`, `Write ${token.rawName} alone.`);
}

function textValue(token: OptionToken, row: OptionRow): string {
  const { rawName, inlineValue } = token;
  // kubectl reads `-o=json` as `-o json`.
  const value = inlineValue === true && !rawName.startsWith('--') ? token.value?.replace(/^=/, '') : token.value;
  const looksLikeOption = inlineValue === false && /^-./.test(value ?? '');
  if (value !== undefined && value !== '' && !looksLikeOption) return value;
  throw usageError(`${rawName} needs a value.`, `Write --${row.name}=${row.value ?? 'VALUE'}.`);
}

/** kubectl users write `-n a,b` and `-n a -n b`; both are lists. */
function addTo(values: Record<string, unknown>, row: OptionRow, value: string): void {
  if (!row.repeats) {
    values[row.key] = value;
    return;
  }
  const held = (values[row.key] ?? []) as readonly string[];
  values[row.key] = [...held, ...value.split(',').filter((part) => part !== '')];
}

function explainIssue(issue: z.core.$ZodIssue, rows: readonly OptionRow[], values: Record<string, unknown>): Error {
  const row = rows.find((candidate) => candidate.key === issue.path[0]);
  if (row === undefined) return usageError(issue.message, 'Check the command line.');
  const given = values[row.key];
  const written = printable(Array.isArray(given) ? given.map(String).join(',') : String(given));
  if (row.choices.length === 0) {
    return usageError(
      `--${row.name}: "${written}" is not ${issue.message}.`,
      `Write --${row.name}=${row.value ?? 'VALUE'}.`,
    );
  }
  const near = nearMatches(written, row.choices);
  return usageError(
    `--${row.name}: "${written}" is none of ${row.choices.join(', ')}.`,
    didYouMean(near, `Write --${row.name}=${row.choices[0] ?? ''}.`),
  );
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
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const row = rows.find((candidate) => candidate.name === token.name);
    if (row === undefined) throw unknownOption(token, rows, command);
    if (row.takesValue) addTo(values, row, textValue(token, row));
    else values[row.key] = flagValue(token);
  }
  const result = schema.safeParse(values);
  const issue = result.error?.issues[0];
  if (!result.success) throw issue === undefined ? result.error : explainIssue(issue, rows, values);
  return { options: result.data as z.output<S>, positionals };
}
