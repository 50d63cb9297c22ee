import type { OptionSchema, OptionsOf } from './options/option.ts';
import type { Surroundings } from './surroundings.ts';
import type { Look } from './terminal/look.ts';

/** What a running command has at hand. */
export interface CommandRun<O> {
  readonly options: O;
  readonly positionals: readonly string[];
  readonly surroundings: Surroundings;
  /** The look of stdout. */
  readonly look: Look;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Every command, for those that speak of the others. */
  readonly entries: readonly CommandEntry[];
}

/** One command: what it takes, how it is explained, and what it does. */
export interface Command<S extends OptionSchema = OptionSchema> {
  /** What follows the options: `[KIND/NAME ...]`; empty when nothing does. */
  readonly operands: string;
  readonly description: string;
  readonly examples: readonly (readonly [command: string, says: string])[];
  readonly options: S;
  /** Returns the exit code. */
  readonly run: (run: CommandRun<OptionsOf<S>>) => Promise<number>;
}

/** A line of the registry: enough for the overview without loading the command. */
export interface CommandEntry {
  /** One word, or two for the commands of a group: `change show`. */
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Keeps the type of the options inside; the registry sees any command alike. */
export function command<S extends OptionSchema>(declared: Command<S>): Command {
  return declared as unknown as Command;
}

/** The first word of a command of a group; undefined for the others. */
export function groupOf({ name }: Pick<CommandEntry, 'name'>): string | undefined {
  return name.includes(' ') ? name.split(' ')[0] : undefined;
}

/** The second word, where there is one. */
export function wordInGroup({ name }: Pick<CommandEntry, 'name'>): string {
  return name.split(' ').at(-1) ?? name;
}
