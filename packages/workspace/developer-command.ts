import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command of the checkout (`npm run …`), as it reads its words. */
export interface DeveloperCommand<O extends Options> {
  /** How people call it, such as `npm run bench --`. */
  readonly name: string;
  /** What `--help` prints. */
  readonly help: string;
  readonly options: O;
  /** How many words may stand beside the options, and which; none where this is absent. */
  readonly words?: { readonly most: number; readonly among?: readonly string[] };
}

interface Config<O extends Options> {
  args: string[];
  options: O;
  allowPositionals: true;
}
export type Words<O extends Options> = ReturnType<typeof parseArgs<Config<O>>>;

/** Where there is nothing to do: what is printed, and how the process ends. */
export interface Ending {
  readonly text: string;
  readonly exit: 0 | 64;
}

function wrong(sentence: string, name: string): Ending {
  return { text: `${sentence}\n\`${name} --help\` tells what there is.\n`, exit: 64 };
}

function wrongWord({ most, among }: { most: number; among?: readonly string[] }, words: readonly string[]): string {
  const strange = among === undefined ? undefined : words.find((word) => !among.includes(word));
  if (strange !== undefined) return `"${strange}" is none of ${(among ?? []).join(', ')}.`;
  return words.length > most ? `"${words[most]}" is one word too many.` : '';
}

/** Reads a command's words. Pure. */
export function readWords<const O extends Options>(
  { name, help, options, words = { most: 0 } }: DeveloperCommand<O>,
  args: readonly string[],
): Words<O> | Ending {
  if (args.includes('--help') || args.includes('-h')) return { text: help, exit: 0 };
  let read: Words<O>;
  try {
    read = parseArgs<Config<O>>({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node goes on with how such a word could be meant as something else.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/);
    return wrong(`${sentence}.`, name);
  }
  const sentence = wrongWord(words, read.positionals);
  return sentence === '' ? read : wrong(sentence, name);
}

function end({ text, exit }: Ending): never {
  (exit === 0 ? process.stdout : process.stderr).write(text);
  process.exit(exit);
}

/** The words of this process. Ends it where they ask for help, or are not understood. */
export function wordsOf<const O extends Options>(command: DeveloperCommand<O>): Words<O> {
  const read = readWords(command, process.argv.slice(2));
  return 'exit' in read ? end(read) : read;
}

/** Ends this process: what was given cannot be used. */
export function refuse(sentence: string, { name }: { readonly name: string }): never {
  return end(wrong(sentence, name));
}
