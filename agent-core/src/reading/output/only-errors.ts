import type { FailureKind } from './failures/failure-kind.ts';
import type { LogLine } from './log-lines.ts';
import { templateOf } from './log-template.ts';
import { lasts } from './new-errors.ts';
import { failureIn } from './failures/line-failure.ts';
import { readableLine } from './readable-line.ts';
import { timedLines } from './timed-lines.ts';
import type { TimedLine } from './timed-lines.ts';

/** What a log says in nearly all of its lines, from its beginning until now: nothing tells what it said before. */
export interface OnlyError {
  /** The latest line that says it. */
  readonly line: LogLine;
  readonly text: string;
  readonly count: number;
  /** Entries of the log from the first of them on. */
  readonly among: number;
  /** In milliseconds. */
  readonly since: number;
}

/** What keeps a program from its work, whoever logs it: it does not get what it depends on. */
const ofDependencies: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'refused',
  'unresolved',
  'unreachable',
  'credentials',
  'too-many-connections',
  'database-missing',
  'storage-of-dependency',
  'certificate-expired',
  'certificate-untrusted',
]);
const least = { count: 10, share: 0.6 };
/** A log that has been silent for longer tells of no present. */
const present = 15 * 60_000;

function isOfDependency({ line }: TimedLine): boolean {
  const kind = failureIn(readableLine(line.text));
  return kind !== undefined && ofDependencies.has(kind);
}

/** The most frequent failure of something that it depends on, where a log holds hardly anything else; undefined for any other log. */
export function onlyError(lines: readonly LogLine[], now: number): OnlyError | undefined {
  const all = timedLines(lines, now);
  const last = all.at(-1);
  if (last === undefined || now - last.time > present) return undefined;
  const groups = [
    ...Map.groupBy(
      all.filter((line) => line.alarming && isOfDependency(line)),
      ({ text }) => templateOf(text),
    ).values(),
  ];
  const most = groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
  const [first, latest] = [most[0], most.at(-1)];
  if (first === undefined || latest === undefined || most.length < least.count) return undefined;
  const among = all.filter(({ begins, time }) => begins && time >= first.time).length;
  if (
    most.length < among * least.share ||
    !lasts(
      most.map(({ time }) => time),
      0,
      last.time,
    )
  ) {
    return undefined;
  }
  return { line: latest.line, text: latest.text, count: most.length, among, since: first.time };
}
