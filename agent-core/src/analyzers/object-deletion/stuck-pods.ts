import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { isUnready } from '../../reading/platform/node-readiness.ts';
import { ageOf, isRecent } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { podFinalizer, podNotEnding, podOnDeadNode, podVolume } from './codes.ts';
import { ownerOfFinalizer } from '../../reading/platform/finalizer-owner.ts';

const patience = 5 * 60_000;
const moment = 30_000;
const unmountWords = ['unmount', 'teardown', 'device or resource busy', 'target is busy', 'umount'];

/** The deletionTimestamp of a pod already is the end of its grace period. */
function overdue(snapshot: Snapshot, pod: Pod): number {
  return ageOf(snapshot, pod.metadata.deletionTimestamp) ?? 0;
}

function nodeState(snapshot: Snapshot, pod: Pod): 'ready' | 'lost' | 'gone' {
  const name = pod.spec.nodeName ?? '';
  if (name === '') return 'ready';
  const node = snapshot.get('Node', '', name);
  if (node !== undefined) return isUnready(node) ? 'lost' : 'ready';
  return snapshot.list('Node').length > 0 && snapshot.lacks('Node', '', name) ? 'gone' : 'ready';
}

function anyRuns(pod: Pod): boolean {
  return [...pod.status.initContainerStatuses, ...pod.status.containerStatuses].some(
    (s) => s.state.running !== undefined,
  );
}

function recentWarning(snapshot: Snapshot, pod: Pod, fits: (event: ClusterEvent) => boolean): ClusterEvent | undefined {
  return snapshot
    .eventsOf(refTo('Pod', pod))
    .findLast((e) => e.type === 'Warning' && isRecent(snapshot, e.last) && fits(e));
}

function told(
  snapshot: Snapshot,
  pod: Pod,
  code: CodeEntry,
  rest: Partial<Finding> & { readonly cause: string },
): Finding {
  const ref = refTo('Pod', pod);
  const quoted = fromStatus(
    ref,
    'metadata.deletionTimestamp',
    `deletionTimestamp: ${pod.metadata.deletionTimestamp}`,
    pod.metadata.deletionTimestamp ?? '',
  );
  return finding(code, {
    object: ref,
    since: pod.metadata.deletionTimestamp ?? '',
    ...rest,
    evidence: [quoted, ...(rest.evidence ?? [])],
  });
}

function checkPod(snapshot: Snapshot, pod: Pod): Finding[] {
  const late = overdue(snapshot, pod);
  const name = `Pod ${pod.metadata.namespace}/${pod.metadata.name}`;
  const node = pod.spec.nodeName ?? '';
  const state = nodeState(snapshot, pod);
  if (state !== 'ready' && late >= moment) {
    const why = state === 'gone' ? `node "${node}" no longer exists` : `node "${node}" is not ready`;
    const because = [{ object: refByName('Node', '', node), codes: ['node.'] }];
    return [told(snapshot, pod, podOnDeadNode, { cause: `${name} cannot end because ${why}.`, because, facet: node })];
  }
  if (late < patience) return [];
  const { finalizers } = pod.metadata;
  if (finalizers.length > 0 && !anyRuns(pod)) {
    const owner = ownerOfFinalizer(snapshot, finalizers[0] ?? '', pod.metadata);
    const cause = `${name} has waited ${formatDuration(late)} for ${owner.who} to remove the finalizer "${finalizers[0]}".`;
    const evidence = [fromStatus(refTo('Pod', pod), 'metadata.finalizers', `finalizers: ${finalizers.join(', ')}`)];
    return [
      told(snapshot, pod, podFinalizer, {
        cause,
        evidence,
        because: owner.workloads.map((object) => ({ object })),
        facet: finalizers[0] ?? '',
      }),
    ];
  }
  const unmount = recentWarning(snapshot, pod, (e) =>
    unmountWords.some((word) => e.message.toLowerCase().includes(word)),
  );
  if (unmount !== undefined) {
    return [
      told(snapshot, pod, podVolume, {
        cause: `${name} cannot end because a volume cannot be unmounted: ${said(unmount.message)}.`,
        evidence: [fromEvent(unmount)],
      }),
    ];
  }
  const kill = recentWarning(snapshot, pod, (e) => e.reason === 'FailedKillPod' || e.reason === 'FailedPreStopHook');
  const reason = kill === undefined ? '' : `: ${said(kill.message)}`;
  return [
    told(snapshot, pod, podNotEnding, {
      cause: `${name} was to end ${formatDuration(late)} ago and has not${reason}.`,
      confidence: kill === undefined ? 'medium' : 'high',
      evidence: kill === undefined ? [] : [fromEvent(kill)],
      because: [{ object: refByName('Node', '', node), codes: ['node.problem.'] }],
    }),
  ];
}

/** Pods that stay in Terminating. */
export function checkPods(snapshot: Snapshot): Finding[] {
  return snapshot
    .list('Pod')
    .flatMap((pod) => (pod.metadata.deletionTimestamp === undefined ? [] : checkPod(snapshot, pod)));
}
