import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { uninitialized } from './codes.ts';

/** Pods of a cloud controller manager, whatever the cloud: by the name that all of them carry. */
function cloudControllers(snapshot: Snapshot): readonly ObjectRef[] {
  const pods = snapshot
    .list('Pod')
    .filter((pod) => !isFinished(pod) && /cloud-(?:controller|provider|node)/.test(pod.metadata.name));
  return distinctBy(
    pods.map((pod) => workloadOf(snapshot, pod)),
    refKey,
  );
}

/** A node that no cloud controller has taken up. */
export function checkUninitialized(snapshot: Snapshot, node: Node): Finding[] {
  const at = node.spec.taints.findIndex((t) => t.key === 'node.cloudprovider.kubernetes.io/uninitialized');
  const age = ageOf(snapshot, node.metadata.creationTimestamp);
  if (at < 0 || age === undefined || age < 5 * 60_000) return [];
  const ref = refTo('Node', node);
  const cause = `Node "${node.metadata.name}" joined ${formatDuration(age)} ago and has not been initialised by a cloud controller manager.`;
  const evidence = [
    fromSpec(ref, `spec.taints[${at}]`, `${node.spec.taints[at]?.key}:${node.spec.taints[at]?.effect}`),
  ];
  const because = cloudControllers(snapshot).map((object) => ({
    object,
    codes: ['pod.', 'workload.', 'daemonset.', 'permission.'],
  }));
  return [
    finding(uninitialized, { object: ref, cause, since: node.metadata.creationTimestamp ?? '', evidence, because }),
  ];
}
