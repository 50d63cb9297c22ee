import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromEvent, fromLog, fromStatus } from '../../evidence/finding.ts';
import { newestLogLines } from '../../reading/output/log-lines.ts';
import type { LogLine } from '../../reading/output/log-lines.ts';
import { containersOf, isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { isRecent } from '../../reading/recency.ts';

const watchers = ['inotify', 'fsnotify', 'watcher', 'watch'];

/** "too many open files" alone may be a process's own file limit; with a watcher in the same line it is inotify. */
function isAboutWatches(line: string): boolean {
  const lower = line.toLowerCase();
  if (
    lower.includes('user limit on the total number of inotify instances') ||
    lower.includes('inotify watches has been reached')
  ) {
    return true;
  }
  if (lower.includes('no space left on device') && lower.includes('inotify')) return true;
  return lower.includes('too many open files') && watchers.some((word) => lower.includes(word));
}

/** The newest line of a text that is about it. */
function lineAbout(output: { readonly text: string; readonly previous: boolean }): LogLine | undefined {
  return [...newestLogLines(output, 'too many open files', 20), ...newestLogLines(output, 'inotify', 20)].find(
    ({ text }) => isAboutWatches(text),
  );
}

function inLogs(snapshot: Snapshot, pod: Pod): Evidence | undefined {
  const { namespace, name } = pod.metadata;
  for (const { spec } of containersOf(pod)) {
    for (const previous of [false, true]) {
      const line = lineAbout(snapshot.log(namespace, name, spec.name, previous) ?? { text: '', previous });
      if (line !== undefined) return fromLog(refTo('Pod', pod), spec.name, previous, line.text, line.time);
    }
  }
  return undefined;
}

function inStatus(pod: Pod): Evidence | undefined {
  for (const { spec, status, init } of containersOf(pod)) {
    for (const which of ['state', 'lastState'] as const) {
      const message = status?.[which].terminated?.message ?? status?.[which].waiting?.message ?? '';
      const line = lineAbout({ text: message, previous: which === 'lastState' })?.text;
      const path = `status.${init ? 'initContainerStatuses' : 'containerStatuses'}[name=${spec.name}].${which}`;
      if (line !== undefined) return fromStatus(refTo('Pod', pod), path, line);
    }
  }
  return undefined;
}

function inEvents(snapshot: Snapshot, pod: Pod): Evidence | undefined {
  const event = snapshot
    .eventsOf(refTo('Pod', pod))
    .findLast((e) => isRecent(snapshot, e.last) && isAboutWatches(e.message));
  return event === undefined ? undefined : fromEvent(event);
}

/** Where a pod says that inotify's limits are reached. */
export function openFilesEvidence(snapshot: Snapshot, pod: Pod): Evidence | undefined {
  if (isFinished(pod) || isTerminating(pod)) return undefined;
  return inStatus(pod) ?? inEvents(snapshot, pod) ?? inLogs(snapshot, pod);
}
