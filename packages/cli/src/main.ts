import { groupOf } from './command.ts';
import type { CommandEntry } from './command.ts';
import type { Surroundings } from './surroundings.ts';
import { registry } from './commands/registry.ts';
import { lookFor } from './terminal/look.ts';

async function runEntry(
  entry: CommandEntry,
  args: readonly string[],
  context: { surroundings: Surroundings; signal: AbortSignal },
): Promise<number> {
  // Its file is read while what runs it is loaded; what is wrong with it is told there.
  entry.load().catch(() => undefined);
  const { runCommand } = await import('./run-command.ts');
  return runCommand(entry, args, context);
}

async function showOverview(surroundings: Surroundings): Promise<number> {
  const { overview } = await import('./help/overview.ts');
  surroundings.stdout.write(
    overview(
      registry.filter((entry) => !entry.name.startsWith('__')),
      lookFor(surroundings.stdout.facts),
    ),
  );
  return 0;
}

/** `autodevops --version` and kubectl's habits are read as the commands they stand for. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['--version', 'version'],
  ['-v', 'version'],
  ['-V', 'version'],
  ['--help', 'help'],
  ['-h', 'help'],
]);

/**
 * Runs one command line. Returns the exit code and never throws: 0 healthy or done, 1 problem, 2 inconclusive,
 * 64 usage, 69 unreachable, 70 unexpected, 130 interrupted.
 */
export async function main(args: readonly string[], surroundings: Surroundings, signal: AbortSignal): Promise<number> {
  const [first, ...rest] = args;
  const name = aliases.get(first ?? '') ?? first;
  if (name === undefined || (name === 'help' && rest.length === 0)) return showOverview(surroundings);
  // The quickest answers load neither the parser nor a command.
  if (name === 'version' && rest.length === 0) {
    surroundings.stdout.write(`autodevops ${surroundings.version}\n`);
    return 0;
  }
  const inGroup = registry.find((candidate) => candidate.name === `${name} ${rest[0] ?? ''}`);
  if (inGroup !== undefined) return runEntry(inGroup, rest.slice(1), { surroundings, signal });
  const entry = registry.find((candidate) => candidate.name === name);
  if (entry !== undefined) return runEntry(entry, rest, { surroundings, signal });
  const { rejectCommand, rejectInGroup } = await import('./run-command.ts');
  const group = registry.filter((candidate) => groupOf(candidate) === name);
  return group.length === 0 ? rejectCommand(name, args, surroundings) : rejectInGroup(group, rest, surroundings);
}
