import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ContainerLog, Snapshot } from '@autodevops/domain/snapshot';

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
  const lines: LogLine[] = [];
  for (const raw of log.text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '') continue;
    const match = stamped.exec(line);
    lines.push({ text: match?.[2] ?? line, time: match?.[1] ?? '', previous: log.previous });
  }
  return lines;
}
