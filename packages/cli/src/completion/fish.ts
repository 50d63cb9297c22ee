import { groupOf, wordInGroup } from '../command.ts';
import { dynamicWords, firstWords, groupsOf } from './command-words.ts';
import type { CommandWords } from './command-words.ts';
import type { OptionRow } from '../options/option-table.ts';

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function valuePart(command: string, row: OptionRow): string {
  if (!row.takesValue) return '';
  const dynamic = dynamicWords(command, row);
  if (row.choices.length > 0) return ` -x -a ${quoted(row.choices.join(' '))}`;
  if (dynamic !== undefined) return ` -x -a '(autodevops __complete ${dynamic} 2>/dev/null)'`;
  return row.completes === 'files' ? ' -r -F' : ' -x';
}

/** A word of a group means something only after the group's own, and a command of the same name nothing there. */
function conditionOf(command: CommandWords, all: readonly CommandWords[]): string {
  const group = groupOf(command);
  const own = `__fish_seen_subcommand_from ${wordInGroup(command)}`;
  if (group !== undefined) return `-n '__fish_seen_subcommand_from ${group}; and ${own}'`;
  const groups = all
    .filter((other) => groupOf(other) !== undefined && wordInGroup(other) === command.name)
    .map(groupOf);
  return groups.length === 0 ? `-n '${own}'` : `-n '${own}; and not __fish_seen_subcommand_from ${groups.join(' ')}'`;
}

function groupLines([group, commands]: readonly [string, readonly CommandWords[]]): readonly string[] {
  const words = commands.map(wordInGroup).join(' ');
  const condition = `-n '__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${words}'`;
  return commands.map(
    (command) => `complete -c autodevops ${condition} -a ${wordInGroup(command)} -d ${quoted(command.summary)}`,
  );
}

function commandLines(command: CommandWords, all: readonly CommandWords[]): readonly string[] {
  const { name, options } = command;
  const condition = conditionOf(command, all);
  const codes =
    dynamicWords(name) === 'codes'
      ? [`complete -c autodevops ${condition} -a '(autodevops __complete codes 2>/dev/null)'`]
      : [];
  const lines = options.map((row) => {
    const short = row.short === undefined ? '' : ` -s ${row.short}`;
    return `complete -c autodevops ${condition}${short} -l ${row.name}${valuePart(name, row)} -d ${quoted(row.says)}`;
  });
  return [...lines, ...codes];
}

export function fishCompletion(commands: readonly CommandWords[]): string {
  const first = firstWords(commands).map(
    ({ name, summary }) => `complete -c autodevops -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
  );
  return [
    '# autodevops completion fish > ~/.config/fish/completions/autodevops.fish',
    'complete -c autodevops -f',
    ...first,
    ...[...groupsOf(commands)].flatMap(groupLines),
    ...commands.flatMap((command) => commandLines(command, commands)),
    '',
  ].join('\n');
}
