import { wordInGroup } from '../command.ts';
import type { CommandEntry } from '../command.ts';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

/** What `autodevops GROUP --help` prints: the commands of the group. */
export function groupHelp(name: string, group: readonly CommandEntry[], look: Look): string {
  const width = Math.max(...group.map((entry) => entry.name.length));
  const words = group.map(wordInGroup).join('|');
  const lines = [
    paint(look, 'bold', 'Usage'),
    ...hang('  ', `autodevops ${name} ${words} [options]`, look.columns),
    '',
    paint(look, 'bold', 'Commands'),
    ...group.flatMap((entry) => hang(`  ${entry.name.padEnd(width)}  `, entry.summary, look.columns)),
    '',
    `\`autodevops ${name} COMMAND --help\` tells more.`,
  ];
  return `${lines.join('\n')}\n`;
}
