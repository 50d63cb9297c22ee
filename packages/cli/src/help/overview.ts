import type { CommandEntry } from '../command.ts';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { hang } from '../terminal/wrap.ts';

const examples: readonly (readonly [string, string])[] = [
  ['autodevops diagnose', 'what is wrong in this cluster, and why'],
  ['autodevops diagnose -n shop deploy/web', 'the same for one workload and what it stands on'],
  ['autodevops ask "what changed since 1h?"', 'a question in plain words'],
];

/** What a bare `autodevops` prints: what it is, three examples, every command. */
export function overview(entries: readonly CommandEntry[], look: Look): string {
  const width = Math.max(...entries.map((entry) => entry.name.length));
  const first = Math.max(...examples.map(([line]) => line.length));
  const lines = [
    'Jamie reads a Kubernetes cluster and says what is wrong, why, and what to do. She changes nothing.',
    '',
    ...examples.map(([line, says]) => `  ${paint(look, 'cyan', line.padEnd(first))}  ${says}`),
    '',
    paint(look, 'bold', 'Commands'),
    ...entries.flatMap((entry) => hang(`  ${entry.name.padEnd(width)}  `, entry.summary, look.columns)),
    '',
    '`autodevops COMMAND --help` tells more. No cluster at hand? `autodevops diagnose --sample`.',
  ];
  return `${lines.join('\n')}\n`;
}
