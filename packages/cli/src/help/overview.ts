import { groupOf, wordInGroup } from '../command.ts';
import type { CommandEntry } from '../command.ts';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { hang, wrap } from '../terminal/wrap.ts';

const examples: readonly (readonly [string, string])[] = [
  ['autodevops diagnose', 'what is wrong in this cluster, and why'],
  ['autodevops fix deploy/web -n shop', 'what would help, and do it after your yes'],
  ['autodevops ask "what changed since 1h?"', 'a question in plain words'],
];

/** One line for a command, one for all commands of a group. */
function rows(entries: readonly CommandEntry[]): readonly (readonly [name: string, says: string])[] {
  const groups = Map.groupBy(entries, (entry) => groupOf(entry) ?? entry.name);
  return [...groups].map(([name, [first, ...more]]) => {
    if (first === undefined || groupOf(first) === undefined) return [name, first?.summary ?? ''];
    return [name, `${[first, ...more].map(wordInGroup).join(', ')}`];
  });
}

/** What a bare `autodevops` prints: what it is, three examples, every command. */
export function overview(entries: readonly CommandEntry[], look: Look): string {
  const all = rows(entries);
  const width = Math.max(...all.map(([name]) => name.length));
  const first = Math.max(...examples.map(([line]) => line.length));
  const lines = [
    ...wrap(
      'Jamie reads a Kubernetes cluster and says what is wrong, why, and what to do; she changes nothing. Scarlet does it, when the policy and the people it names agree.',
      look.columns,
    ),
    '',
    ...examples.map(([line, says]) => `  ${paint(look, 'cyan', line.padEnd(first))}  ${says}`),
    '',
    paint(look, 'bold', 'Commands'),
    ...all.flatMap(([name, says]) => hang(`  ${name.padEnd(width)}  `, says, look.columns)),
    '',
    '`autodevops COMMAND --help` tells more. No cluster at hand? `autodevops diagnose --sample`.',
  ];
  return `${lines.join('\n')}\n`;
}
