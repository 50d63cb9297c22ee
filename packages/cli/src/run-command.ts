import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { groupOf, wordInGroup } from './command.ts';
import type { CommandEntry } from './command.ts';
import { registry } from './commands/registry.ts';
import { describeError, errorJson, errorText } from './failure/describe-error.ts';
import { commandHelp } from './help/command-help.ts';
import { groupHelp } from './help/group-help.ts';
import { parseOptions } from './options/parse-options.ts';
import { didYouMean, usageError } from './options/usage-error.ts';
import type { Surroundings } from './surroundings.ts';
import { lookFor } from './terminal/look.ts';

interface Run {
  readonly surroundings: Surroundings;
  readonly signal: AbortSignal;
}

/** Read from the raw arguments: an error in them is to be told as JSON too. */
function asksForJson(args: readonly string[]): boolean {
  return args.some(
    (arg, i) =>
      arg === '--output=json' ||
      arg === '-ojson' ||
      arg === '-o=json' ||
      ((arg === '-o' || arg === '--output') && args[i + 1] === 'json'),
  );
}

/** By which people find the details again. What succeeds does not load what makes it. */
async function newReference(): Promise<string> {
  const { randomBytes } = await import('node:crypto');
  return randomBytes(4).toString('hex');
}

async function report(error: unknown, args: readonly string[], { surroundings, signal }: Run): Promise<number> {
  const described = describeError(error, signal.aborted);
  const reference = described.details === '' ? undefined : await newReference();
  const path = reference === undefined ? undefined : await surroundings.keepDetails(reference, described.details);
  surroundings.stderr.write(errorText(described, reference === undefined ? undefined : { reference, path }));
  if (asksForJson(args)) surroundings.stdout.write(errorJson(described, reference));
  return described.exit;
}

interface Everywhere {
  readonly help: boolean;
  readonly color: boolean | undefined;
  readonly noColor: boolean;
}

async function attempt(entry: CommandEntry, args: readonly string[], { surroundings, signal }: Run): Promise<number> {
  const command = await entry.load();
  const { facts, write } = surroundings.stdout;
  // Help outranks whatever else is wrong with the line.
  if (args.includes('--help') || args.includes('-h')) {
    write(commandHelp(entry, command, lookFor(facts)));
    return 0;
  }
  const { options, positionals } = parseOptions(command.options, args, entry.name);
  const { color, noColor } = options as unknown as Everywhere;
  if (command.operands === '' && positionals.length > 0) {
    throw usageError(
      `\`autodevops ${entry.name}\` takes nothing but options; "${printable(positionals[0] ?? '')}" is one too many.`,
      `\`autodevops ${entry.name} --help\` tells what it takes.`,
    );
  }
  return command.run({
    options,
    positionals,
    surroundings,
    look: lookFor(facts, noColor ? false : color),
    signal,
    entries: registry,
  });
}

/** Parses, runs and, where it fails, says so in two sentences. */
export async function runCommand(entry: CommandEntry, args: readonly string[], run: Run): Promise<number> {
  try {
    return await attempt(entry, args, run);
  } catch (error) {
    return report(error, args, run);
  }
}

/** A failure that escaped every command. Returns the exit code. */
export function reportStray(error: unknown, surroundings: Surroundings): Promise<number> {
  return report(error, [], { surroundings, signal: new AbortController().signal });
}

/** Nothing of that name: what was probably meant. */
export function rejectCommand(name: string, args: readonly string[], surroundings: Surroundings): Promise<number> {
  const names = [...new Set(registry.map((entry) => groupOf(entry) ?? entry.name))].filter((n) => !n.startsWith('__'));
  const near = nearMatches(name, names).map((n) => `\`autodevops ${n}\``);
  const what = name.startsWith('-')
    ? `There is no option ${printable(name)} before a command.`
    : `There is no command "${printable(name)}".`;
  return report(usageError(what, didYouMean(near, '`autodevops help` lists the commands.')), args, {
    surroundings,
    signal: new AbortController().signal,
  });
}

/** A group without one of its commands: its help where it is asked for, else what was probably meant. */
export async function rejectInGroup(
  group: readonly CommandEntry[],
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const [first] = group;
  const name = (first === undefined ? undefined : groupOf(first)) ?? '';
  const [word] = args;
  if (word === '--help' || word === '-h' || word === 'help') {
    surroundings.stdout.write(groupHelp(name, group, lookFor(surroundings.stdout.facts)));
    return 0;
  }
  const words = group.map(wordInGroup);
  const near = word === undefined ? [] : nearMatches(word, words).map((n) => `\`autodevops ${name} ${n}\``);
  const what =
    word === undefined || word.startsWith('-')
      ? `\`autodevops ${name}\` needs to know what to do.`
      : `There is no command "${printable(`${name} ${word}`)}".`;
  return await report(
    usageError(what, didYouMean(near, `There is ${words.join(', ')}; \`autodevops ${name} --help\` tells more.`)),
    args,
    { surroundings, signal: new AbortController().signal },
  );
}
