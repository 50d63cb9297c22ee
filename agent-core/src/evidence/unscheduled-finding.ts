import type { Evidence } from '@autodevops/domain/diagnosis';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../reading/per-snapshot.ts';
import { isFinished, isReady } from '../reading/pods/pod-status.ts';
import { podsOnNode } from '../reading/pods/pods-on-nodes.ts';
import { newestEvents } from '../reading/recency.ts';
import { autoscalerRefusal } from '../reading/scheduling/autoscaler-refusal.ts';
import { brokenClaims, brokenPools } from '../reading/scheduling/node-promise.ts';
import type { NodeRoom } from '../reading/scheduling/node-room.ts';
import type { UnscheduledPod } from '../reading/scheduling/unscheduled-pod.ts';
import { finding, fromCondition, fromEvent } from './finding.ts';

/** What the scheduler said of a pod, and what a cluster autoscaler said to that. */
export function schedulerEvidence(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Evidence[] {
  const { ref, condition, event } = unscheduled;
  const said: Evidence[] = condition === undefined ? [] : [fromCondition(ref, condition)];
  if (event !== undefined && event.message !== condition?.message) said.push(fromEvent(event));
  const autoscaler = autoscalerRefusal(snapshot, ref)?.event ?? newestEvents(snapshot, ref, 'NotTriggerScaleUp')[0];
  return autoscaler === undefined || autoscaler === event ? said : [...said, fromEvent(autoscaler)];
}

/** A finding about a pod without a node; in progress when room is on its way. */
export function unscheduledFinding(
  snapshot: Snapshot,
  unscheduled: UnscheduledPod,
  said: { code: CodeEntry } & Pick<Finding, 'cause'> & Partial<Omit<Finding, 'code'>>,
): Finding {
  const { code, cause, evidence, because, ...rest } = said;
  const { ref, onItsWay, since } = unscheduled;
  const coming = onItsWay === undefined ? [] : [fromEvent(onItsWay)];
  const refusal = onItsWay === undefined ? autoscalerRefusal(snapshot, ref) : undefined;
  return finding(code, {
    object: ref,
    standing: coming.length > 0 ? 'progressing' : 'current',
    since,
    confidence: unscheduled.blocking?.certain === false ? 'medium' : 'high',
    ...rest,
    cause: `${cause}${refusal?.sentence ?? ''}`,
    ...(refusal === undefined ? {} : { nextSteps: [refusal.step, ...(rest.nextSteps ?? code.nextSteps)] }),
    evidence: [...schedulerEvidence(snapshot, unscheduled), ...coming, ...(evidence ?? [])],
    because: [
      { object: ref, codes: ['pod.preempted'] },
      ...nodesOutOfService(unscheduled),
      ...agentsAwaited(snapshot),
      ...brokenClaims(snapshot, ref).map((object) => ({ object, codes: ['karpenter.'] })),
      ...brokenPools(snapshot, ref).map((object) => ({ object, codes: ['custom.'] })),
      ...(because ?? []),
    ],
  });
}

/** Nodes that the agent of the network or of a driver has not opened yet carry its taint: `node.cilium.io/agent-not-ready`. */
const agentsAwaited = perSnapshot((snapshot): Finding['because'] => {
  const closed = snapshot
    .list('Node')
    .filter((node) => node.spec.taints.some(({ key }) => key.endsWith('/agent-not-ready')));
  return closed.slice(0, 20).flatMap(({ metadata }) =>
    podsOnNode(snapshot, metadata.name)
      .filter(
        (pod) =>
          !isFinished(pod) && !isReady(pod) && pod.metadata.ownerReferences.some((owner) => owner.kind === 'DaemonSet'),
      )
      .map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.', 'network.cni.'] })),
  );
});

/** A node that is out of service, and would take the pod otherwise, explains the want of room. */
function nodesOutOfService(unscheduled: UnscheduledPod): Finding['because'] {
  const rooms = unscheduled.blocking?.outOfService ?? [];
  return rooms.slice(0, 20).map((room) => ({ object: refTo('Node', room.node), codes: ['node.'] }));
}

/** `worker-1, worker-2 and 3 more`, at most three by name. */
export function nodeNames(rooms: readonly NodeRoom[]): string {
  const names = rooms.map((room) => room.node.metadata.name).toSorted();
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
