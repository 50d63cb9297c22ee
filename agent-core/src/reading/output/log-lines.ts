import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ContainerLog, Snapshot } from '@autodevops/domain/snapshot';
import { newestLinesWith } from './line-at.ts';
import { lineTime } from './line-time.ts';

export interface LogLine {
  /** Without the timestamp that the API may put in front. */
  readonly text: string;
  readonly time: string;
  readonly previous: boolean;
}

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))\s(.*)$/s;

/** The kubelet sends these texts in place of a log whose container or file was cleaned away: https://github.com/kubernetes/kubernetes */
const gone = ['unable to retrieve container logs for ', 'failed to try resolving symlinks in path "/var/log/pods/'];

function usable(log: ContainerLog | undefined): ContainerLog | undefined {
  if (log === undefined || log.text.trim() === '') return undefined;
  const isOfKubelet = gone.some((words) => log.text.includes(words)) && log.text.trim().split('\n').length === 1;
  return isOfKubelet ? undefined : log;
}

function logLine(raw: string, previous: boolean): LogLine {
  const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  const match = stamped.exec(line);
  return { text: match?.[2] ?? line, time: match?.[1] ?? '', previous };
}

/** The lines of a container's last completed run, else of the present one; oldest first. Empty when no log was read. */
export function logLines(
  snapshot: Snapshot,
  pod: Pod,
  container: string,
  which: 'previous-first' | 'current' = 'previous-first',
): readonly LogLine[] {
  const { namespace, name } = pod.metadata;
  const previous = which === 'previous-first' ? snapshot.log(namespace, name, container, true) : undefined;
  const log = usable(previous) ?? usable(snapshot.log(namespace, name, container, false));
  if (log === undefined) return [];
  return log.text
    .split('\n')
    .filter((raw) => raw.trim() !== '')
    .map((raw) => logLine(raw, log.previous));
}

/** The lines of one log that hold these words, the newest first; the log is not split. At most `most`. */
export function newestLogLines(
  { text, previous }: Pick<ContainerLog, 'text' | 'previous'>,
  words: string,
  most: number,
): readonly LogLine[] {
  return newestLinesWith(text, words, most).map((raw) => logLine(raw, previous));
}

/** When a line was written, in milliseconds: what the API put in front, else what the line says itself. */
export function logLineTime({ text, time }: Pick<LogLine, 'text' | 'time'>, now: number): number | undefined {
  return lineTime(time === '' ? text : time, now);
}
