import type { Progress } from '@autodevops/domain/ports/cluster';
import { printable } from '@autodevops/domain/printable';
import { cutTo } from './width.ts';

export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  /** Takes the line away. Call it before anything else is printed. */
  readonly clear: () => void;
}

interface Output {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly columns: number;
}

const redrawEvery = 80;
const quietFor = 250;

/**
 * One line on stderr that is redrawn while work goes on; nothing at all when nobody watches, and nothing for work that
 * is done at once. `now` in milliseconds.
 */
export function progressLine(output: Output, now: () => number = () => performance.now()): ProgressLine {
  const began = now();
  let drawn = false;
  let last = 0;
  return {
    show: ({ step, done, total }) => {
      const at = now();
      if (!output.isTTY || at - began < quietFor || at - last < redrawEvery) return;
      last = at;
      drawn = true;
      const count = total > 0 ? ` ${done} of ${total}` : '';
      output.write(`\r\u001B[2K${cutTo(`Reading ${printable(step)}${count} ...`, output.columns - 1)}`);
    },
    clear: () => {
      if (drawn) output.write('\r\u001B[2K');
      drawn = false;
    },
  };
}
