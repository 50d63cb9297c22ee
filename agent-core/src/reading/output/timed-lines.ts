import { roughLineTime } from './line-time.ts';
import type { LogLine } from './log-lines.ts';
import { isAlarming } from './alarming-line.ts';
import { readableLine } from './readable-line.ts';

/** A line of a log with its time in milliseconds. */
export interface TimedLine {
  readonly line: LogLine;
  /** As a rule reads it. */
  readonly text: string;
  readonly time: number;
  /** It tells its time itself: it begins an entry. */
  readonly begins: boolean;
  readonly alarming: boolean;
}

/** Lines without a time of their own (a stack trace) were written with the one before them; those before any time are left out. */
export function timedLines(lines: readonly LogLine[], now: number): readonly TimedLine[] {
  const out: TimedLine[] = [];
  let last: number | undefined;
  for (const line of lines) {
    const own = roughLineTime(line.time === '' ? line.text : line.time, now);
    last = own ?? last;
    if (last === undefined) continue;
    const readable = readableLine(line.text);
    out.push({
      line,
      text: readable.text,
      time: last,
      begins: own !== undefined,
      alarming: isAlarming({ ...readable, verbatim: line.text, time: line.time, source: 'log' }),
    });
  }
  return out;
}
