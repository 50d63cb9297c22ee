import { formatDuration } from '@autodevops/domain/duration';
import { cutTo } from './width.ts';

/** One line that shows that something goes on, with how long it has. */
export interface WaitingLine {
  /** What goes on; the time starts anew when it is something else. */
  readonly show: (what: string) => void;
  /** Takes the line away. Call it before anything else is printed. */
  readonly clear: () => void;
  readonly close: () => void;
}

interface Output {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly columns: number;
}

const beat = 1000;

/** Redrawn every second on a terminal; nothing at all elsewhere. `now` in milliseconds. */
export function waitingLine(
  { write, isTTY, columns }: Output,
  now: () => number = () => performance.now(),
): WaitingLine {
  let what = '';
  let since = 0;
  let drawn = false;
  const draw = (): void => {
    if (!isTTY || what === '') return;
    drawn = true;
    write(`\r\u001B[2K${cutTo(`${what} (${formatDuration(now() - since)}) ...`, columns - 1)}`);
  };
  const clear = (): void => {
    if (drawn) write('\r\u001B[2K');
    drawn = false;
  };
  const timer = isTTY ? setInterval(draw, beat) : undefined;
  return {
    show: (text) => {
      if (text !== what) since = now();
      what = text;
      draw();
    },
    clear,
    close: () => {
      clearInterval(timer);
      what = '';
      clear();
    },
  };
}
