export interface LogCut {
  readonly timestamps: boolean;
  /** Milliseconds since the epoch: earlier lines are left out, where lines carry a time. */
  readonly since: number | undefined;
  readonly tailLines: number | undefined;
  readonly limitBytes: number | undefined;
}

const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(?:Z|[+-]\d\d:\d\d)) /;

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** True when every line starts with the time that the kubelet writes: nine decimals, which programs hardly ever print. */
function isStamped(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((line) => stamp.test(line));
}

function timeOf(line: string): number {
  return Date.parse(stamp.exec(line)?.[1] ?? '');
}

/** The newest time that the kubelet wrote into any of the logs, in milliseconds since the epoch. */
export function newestStamp(texts: readonly string[]): number | undefined {
  const times = texts
    .map((text) => timeOf(text.trimEnd().split('\n').at(-1) ?? ''))
    .filter((time) => !Number.isNaN(time));
  return times.length === 0 ? undefined : Math.max(...times);
}

/**
 * The part of a log that a request asks for, cut as the kubelet cuts: by time, then lines, then bytes (which may split a
 * character). `startedAt` is what lines without a recorded time are stamped with when times are asked for.
 */
export function cutLog(text: string, cut: LogCut, startedAt: string): Buffer {
  const lines = linesOf(text);
  const stamped = isStamped(lines);
  const { since, tailLines, limitBytes } = cut;
  const late = stamped && since !== undefined ? lines.filter((line) => timeOf(line) >= since) : lines;
  const tail = tailLines === undefined ? late : late.slice(Math.max(0, late.length - tailLines));
  const shown = tail.map((line) => {
    if (stamped) return cut.timestamps ? line : line.replace(stamp, '');
    return cut.timestamps ? `${startedAt} ${line}` : line;
  });
  const bytes = Buffer.from(shown.join(''), 'utf8');
  return limitBytes === undefined ? bytes : bytes.subarray(0, limitBytes);
}
