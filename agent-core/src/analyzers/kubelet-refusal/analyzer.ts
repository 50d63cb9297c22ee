import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { isTerminating } from '../../reading/pods/pod-status.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { isRecent } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { refusedByKubelet } from './codes.ts';
import { refusalAdvice } from './refusal-advice.ts';

const reasons = new Set([
  'SysctlForbidden',
  'AppArmor',
  'UnexpectedAdmissionError',
  'TopologyAffinityError',
  'NodeAffinity',
  'NodeName',
  'NodePorts',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfephemeral-storage',
  'OutOfpods',
  'PodOSNotSupported',
  'PodOSSelectorNodeLabelDoesNotMatch',
  'PodFeatureUnsupported',
]);

function isRefused({ status }: Pod): boolean {
  return (
    status.phase === 'Failed' &&
    (reasons.has(status.reason ?? '') || (status.message ?? '').startsWith('Pod was rejected'))
  );
}

/** Its controller has fewer ready pods than it should have: refused pods of one that is complete are leftovers. */
function lacksPods(snapshot: Snapshot, owner: ObjectRef): boolean {
  const { namespace, name } = owner;
  if (owner.kind === 'DaemonSet') {
    const { numberReady = 0, desiredNumberScheduled = 0 } = snapshot.get('DaemonSet', namespace, name)?.status ?? {};
    return numberReady < desiredNumberScheduled;
  }
  if (owner.kind !== 'ReplicaSet' && owner.kind !== 'StatefulSet') return false;
  const found = snapshot.get(owner.kind, namespace, name);
  return found !== undefined && (found.status.readyReplicas ?? 0) < (found.spec.replicas ?? 1);
}

function check(snapshot: Snapshot, owner: ObjectRef, pods: readonly Pod[]): Finding[] {
  const newest = pods.toSorted((a, b) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''),
  )[0];
  if (newest === undefined || !isRecent(snapshot, newest.metadata.creationTimestamp) || !lacksPods(snapshot, owner)) {
    return [];
  }
  const ref = refTo('Pod', newest);
  const { reason = 'refused', message = '' } = newest.status;
  const node = newest.spec.nodeName ?? '';
  const alike = pods.filter((pod) => pod.status.reason === newest.status.reason);
  const oldest = alike.map((pod) => pod.metadata.creationTimestamp ?? '').toSorted()[0] ?? '';
  const many = alike.length === 1 ? '' : `; ${alike.length} pods of ${owner.kind} ${owner.name} were refused like this`;
  const advice = refusalAdvice(snapshot, newest, owner);
  return [
    finding(refusedByKubelet, {
      object: ref,
      cause: `The kubelet of node ${node === '' ? 'its choice' : node} refuses pod ${newest.metadata.name} (${said(reason, 60)}): ${said(message.replace(/^Pod was rejected: /, ''), 200)}${many}.${advice.sentence}`,
      evidence: [
        fromStatus(ref, 'status.reason', reason),
        fromStatus(ref, 'status.message', message),
        ...advice.evidence,
      ],
      nextSteps:
        advice.steps.length === 0
          ? refusedByKubelet.nextSteps
          : [...advice.steps, ...refusedByKubelet.nextSteps.slice(1)],
      since: oldest,
      because: node === '' ? [] : [{ object: refByName('Node', '', node), codes: ['node.'] }],
      facet: reason,
      changes: undoChanges(snapshot, newest),
    }),
  ];
}

/** Pods that were placed on a node which does not admit them, while their controller goes on making others. */
export const kubeletRefusal: Analyzer = {
  name: 'kubelet-refusal',
  codes: [refusedByKubelet],
  analyze: (snapshot) => {
    const byOwner = new Map<string, Pod[]>();
    const owners = new Map<string, ObjectRef>();
    for (const pod of snapshot.list('Pod')) {
      const owner = isRefused(pod) && !isTerminating(pod) ? controllerOf(pod) : undefined;
      if (owner === undefined) continue;
      owners.set(refKey(owner), owner);
      pushTo(byOwner, refKey(owner), pod);
    }
    return [...owners].flatMap(([key, owner]) => check(snapshot, owner, byOwner.get(key) ?? []));
  },
};
