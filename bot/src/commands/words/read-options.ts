import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { typedText } from './slack-entities.ts';
import type { Word } from './split-words.ts';

/** What an option takes: nothing, one value, or a value each time that it is given. */
export interface OptionEntry {
  readonly takes: 'nothing' | 'value' | 'values';
  /** One letter. */
  readonly short?: string;
  /** How its value is called in help. */
  readonly value?: string;
  readonly says: string;
}
export type OptionTable = Readonly<Record<string, OptionEntry>>;

export type OptionValues<T extends OptionTable> = {
  readonly [K in keyof T]: T[K]['takes'] extends 'nothing'
    ? boolean
    : T[K]['takes'] extends 'value'
      ? string | undefined
      : readonly string[];
};

export interface ReadWords<T extends OptionTable> {
  readonly options: OptionValues<T>;
  /** As typed; a mention of a person stays as Slack writes it. */
  readonly operands: readonly string[];
}

/** Phones make a dash of two hyphens. */
function hyphens(word: string): string {
  return word
    .replace(/^[–—−](?=[^\s–—−])/, (_dash, _at, all: string) => (all.length > 2 ? '--' : '-'))
    .replace(/^-[–—−]/, '--');
}

function named(
  word: string,
  table: OptionTable,
): { readonly name: string; readonly entry: OptionEntry; readonly value: string | undefined } | undefined {
  const [, dashes = '', given = '', value] = /^(--?)([A-Za-z][A-Za-z-]{0,40})(?:=([\s\S]*))?$/.exec(word) ?? [];
  const name =
    dashes === '--'
      ? Object.keys(table).find((key) => key === given.toLowerCase())
      : Object.keys(table).find((key) => table[key]?.short === given);
  const entry = name === undefined ? undefined : table[name];
  return name === undefined || entry === undefined ? undefined : { name, entry, value };
}

function unknownOption(word: string, table: OptionTable): AutoDevOpsError {
  const near = nearMatches(word.replace(/^-+/, '').replace(/=.*$/s, ''), Object.keys(table));
  const options = Object.keys(table).map((name) => `--${name}`);
  return new AutoDevOpsError(
    'usage',
    `There is no option ${oneLine(word, 60)} here.`,
    near[0] !== undefined
      ? `Did you mean --${near[0]}?`
      : options.length === 0
        ? 'Leave it out.'
        : `There is ${options.join(', ')}.`,
  );
}

/** Whether an option of that name is among the words, whatever else is. */
export function hasOption(words: readonly Word[], name: string): boolean {
  return words.some(
    ({ text, isQuoted }) =>
      !isQuoted && (/^--([A-Za-z-]{1,41})(?:=|$)/.exec(hyphens(text))?.[1] ?? '').toLowerCase() === name,
  );
}

/**
 * Reads options out of the words. Where the operands are free text, what looks like an option but is none stays text.
 * Throws `usage`.
 */
export function readOptions<const T extends OptionTable>(
  words: readonly Word[],
  table: T,
  isFreeText = false,
): ReadWords<T> {
  const found = new Map<string, string[]>();
  const operands: string[] = [];
  let areOver = false;
  for (let at = 0; at < words.length; at += 1) {
    const { text, isQuoted } = words[at] ?? { text: '', isQuoted: true };
    const word = hyphens(text);
    const isOption = !isQuoted && !areOver && /^(?:--\S|-[A-Za-z])/.test(word);
    if (!isQuoted && !areOver && word === '--') areOver = true;
    const option = isOption ? named(word, table) : undefined;
    if (option === undefined) {
      if (isOption && !isFreeText) throw unknownOption(word, table);
      if (isQuoted || word !== '--') operands.push(/^<@[^<>]*>$/.test(text) ? text : typedText(text));
      continue;
    }
    if (option.entry.takes === 'nothing') {
      found.set(option.name, []);
      continue;
    }
    const next = words[at + 1];
    if (option.value === undefined) at += 1;
    const value = option.value ?? next?.text;
    if (value === undefined || value === '') {
      throw new AutoDevOpsError(
        'usage',
        `--${option.name} lacks its value.`,
        `Write --${option.name} ${option.entry.value ?? 'VALUE'}.`,
      );
    }
    found.set(option.name, [
      ...(option.entry.takes === 'values' ? (found.get(option.name) ?? []) : []),
      typedText(value),
    ]);
  }
  const valueOf = (name: string, { takes }: OptionEntry): unknown =>
    takes === 'nothing' ? found.has(name) : takes === 'value' ? found.get(name)?.[0] : (found.get(name) ?? []);
  return {
    options: Object.fromEntries(
      Object.entries(table).map(([name, entry]) => [name, valueOf(name, entry)]),
    ) as OptionValues<T>,
    operands,
  };
}
