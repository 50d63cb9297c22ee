import { groupOf, wordInGroup } from '../command.ts';
import type { CommandEntry } from '../command.ts';
import { optionTable } from '../options/option-table.ts';
import type { OptionRow } from '../options/option-table.ts';

/** What a completion script needs of one command. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionRow[];
}

export async function commandWords(entries: readonly CommandEntry[]): Promise<readonly CommandWords[]> {
  const shown = entries.filter((entry) => !entry.name.startsWith('__'));
  return Promise.all(
    shown.map(async (entry) => ({
      name: entry.name,
      summary: entry.summary,
      options: optionTable((await entry.load()).options),
    })),
  );
}

/** Words that come from this machine at the time of completion: `autodevops __complete WHAT`. */
export function dynamicWords(command: string, row?: OptionRow): 'contexts' | 'codes' | undefined {
  if (row?.completes === 'contexts') return 'contexts';
  return row === undefined && command === 'explain' ? 'codes' : undefined;
}

/** What the first word may be: commands, and groups once each. */
export function firstWords(
  commands: readonly CommandWords[],
): readonly { readonly name: string; readonly summary: string }[] {
  const groups = Map.groupBy(commands, (command) => groupOf(command) ?? command.name);
  return [...groups].map(([name, [first, ...more]]) => {
    if (first === undefined || groupOf(first) === undefined) return { name, summary: first?.summary ?? '' };
    return { name, summary: [first, ...more].map(wordInGroup).join(', ') };
  });
}

/** The second words of each group. */
export function groupsOf(commands: readonly CommandWords[]): ReadonlyMap<string, readonly CommandWords[]> {
  const inGroups = commands.filter((command) => groupOf(command) !== undefined);
  return Map.groupBy(inGroups, (command) => groupOf(command) ?? '');
}
