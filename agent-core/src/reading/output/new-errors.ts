import type { LogLine } from './log-lines.ts';
import { templateOf } from './log-template.ts';
import { timedLines } from './timed-lines.ts';
import type { TimedLine } from './timed-lines.ts';

/** An error that a log has repeated since a moment, and did not (or hardly) before. */
export interface NewError {
  /** The latest line that says it. */
  readonly line: LogLine;
  /** As a rule reads it. */
  readonly text: string;
  readonly count: number;
  /** In milliseconds. */
  readonly since: number;
  /** How long the log reaches back before that. */
  readonly quietFor: number;
  /** Its part of all that was written since. */
  readonly share: number;
}

const minute = 60_000;
/** What a log must show before an error counts as new: less may be the start of the program, or of what was kept. */
const before = { time: 5 * minute, share: 0.2, lines: 10 };
/** A program that seldom writes is known to have been quiet by the time, not by the lines. */
const longQuiet = 60 * minute;
const leastCount = 5;
const timesAsOften = 8;

/** The first occurrence from which on it comes far more often than before; undefined where it always came. */
function beginning(times: readonly number[], from: number, to: number): number | undefined {
  const span = to - from;
  for (let i = 0; i <= times.length * 0.2; i += 1) {
    const start = times[i] ?? to;
    const quiet = start - from;
    if (quiet < before.time || quiet < span * before.share) continue;
    const rate = (times.length - i) / Math.max(minute, to - start);
    if (rate >= timesAsOften * (i / quiet)) return i;
  }
  return undefined;
}

/** Still being said: no longer silent at the log's end than a few times its usual pause. */
export function lasts(times: readonly number[], first: number, to: number): boolean {
  const pause = ((times.at(-1) ?? to) - (times[first] ?? to)) / Math.max(1, times.length - first - 1);
  return to - (times.at(-1) ?? to) <= Math.max(2 * minute, 6 * pause);
}

/** What these lines among all of a log began to say; none where they always came, or have ended. */
export function begunAmong(same: readonly TimedLine[], all: readonly TimedLine[]): NewError[] {
  const [from, to] = [all[0]?.time ?? 0, all.at(-1)?.time ?? 0];
  const times = same.map(({ time }) => time);
  const first = same.length < leastCount ? undefined : beginning(times, from, to);
  const since = first === undefined ? undefined : times[first];
  const latest = same.at(-1);
  if (
    first === undefined ||
    since === undefined ||
    latest === undefined ||
    times.length - first < leastCount ||
    !lasts(times, first, to)
  ) {
    return [];
  }
  const isSilent = since - from >= longQuiet && since - from >= to - since;
  if (!isSilent && all.filter(({ time }) => time < since).length < before.lines) return [];
  const later = all.filter(({ time }) => time >= since).length;
  return [
    {
      line: latest.line,
      text: latest.text,
      count: times.length - first,
      since,
      quietFor: since - from,
      share: (times.length - first) / Math.max(1, later),
    },
  ];
}

/** Errors that a log began to repeat, by what their lines have in common; the most frequent first. */
export function newErrors(lines: readonly LogLine[], now: number): readonly NewError[] {
  const all = timedLines(lines, now);
  const groups = Map.groupBy(
    all.filter(({ alarming }) => alarming),
    ({ text }) => templateOf(text),
  );
  return [...groups.values()]
    .flatMap((same) => begunAmong(same, all))
    .toSorted((a, b) => b.count - a.count || a.since - b.since);
}
