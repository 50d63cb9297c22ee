import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';

/** A command, and what it is good for. */
export type Try = readonly [command: string, good: string];

/** Commands to go on with: side by side with what they are good for where there is room, else one below the other. */
export function tryNext(tries: readonly Try[], look: Look): readonly string[] {
  const widest = Math.max(...tries.map(([command]) => command.length));
  const fits = tries.every(([, good]) => 2 + widest + 2 + good.length <= look.columns);
  const lines = tries.flatMap(([command, good]) =>
    fits
      ? [`  ${paint(look, 'cyan', command.padEnd(widest))}  ${paint(look, 'dim', good)}`]
      : [`  ${paint(look, 'cyan', command)}`, `    ${paint(look, 'dim', good)}`],
  );
  return ['Try next:', ...lines];
}
