import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromCondition, fromEvent, fromLog } from './finding.ts';
import { conditionsOf, refToCustom } from '../reading/platform/custom-objects.ts';
import { logLineTime, newestLogLines } from '../reading/output/log-lines.ts';
import { isReady } from '../reading/pods/pod-status.ts';
import { isRecent, recentWindow } from '../reading/recency.ts';

/** A text in which some object says that something went wrong, within the last hour as far as it says when. */
export interface WarningText {
  readonly object: ObjectRef;
  readonly text: string;
  readonly evidence: Evidence;
  /** Which container's log it is from; empty for events and conditions. */
  readonly container: string;
}

/** A line that says no time is of the present when its container began within the hour, or is not well. */
function mayBeNew(snapshot: Snapshot, pod: Pod, container: string): boolean {
  const started = pod.status.containerStatuses.find((s) => s.name === container)?.state.running?.startedAt;
  return !isReady(pod) || isRecent(snapshot, started);
}

function inLogs(snapshot: Snapshot, words: string, most: number): WarningText[] {
  return (snapshot.parts.logs ?? []).flatMap((log) => {
    const pod = snapshot.get('Pod', log.namespace, log.pod);
    if (pod === undefined) return [];
    const object = refTo('Pod', pod);
    const fresh = newestLogLines(log, words, most).filter((line) => {
      const time = logLineTime(line, snapshot.now);
      return time === undefined ? mayBeNew(snapshot, pod, log.container) : snapshot.now - time < recentWindow;
    });
    return fresh.map(({ text, time }) => ({
      object,
      text,
      evidence: fromLog(object, log.container, log.previous, text, time),
      container: log.container,
    }));
  });
}

function inEvents(snapshot: Snapshot, words: string): WarningText[] {
  const events = snapshot
    .list('Event')
    .filter((e) => e.type !== 'Normal' && e.message.includes(words) && isRecent(snapshot, e.last));
  return events.map((event) => {
    const evidence = fromEvent(event);
    return { object: evidence.object, text: event.message, evidence, container: '' };
  });
}

function inConditions(snapshot: Snapshot, words: string): WarningText[] {
  return snapshot.custom.flatMap((custom) => {
    const object = refToCustom(custom);
    const told = conditionsOf(custom).filter((c) => c.status !== 'True' && c.message.includes(words));
    return told
      .slice(0, 1)
      .map((c) => ({ object, text: c.message, evidence: fromCondition(object, c), container: '' }));
  });
}

/** Everything that says these words: recent log lines (`most` of each log, newest first), recent events, conditions of custom objects. */
export function warningTexts(snapshot: Snapshot, words: string, most = 20): readonly WarningText[] {
  return [...inLogs(snapshot, words, most), ...inEvents(snapshot, words), ...inConditions(snapshot, words)];
}
