import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { isJoining, isUnready, readyCondition } from '../../reading/platform/node-readiness.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { podOnLostNode } from './codes.ts';

/** Pods that are on a node that is not ready. */
export function checkPods(snapshot: Snapshot, node: Node): Finding[] {
  const ready = readyCondition(node);
  if (ready === undefined || !isUnready(node) || isJoining(snapshot, node)) return [];
  const on = podsOnNode(snapshot, node.metadata.name).filter((pod) => !isFinished(pod) && !isTerminating(pod));
  const because = [{ object: refByName('Node', '', node.metadata.name), codes: ['node.not-ready'] }];
  return on.map((pod) =>
    finding(podOnLostNode, {
      object: refTo('Pod', pod),
      cause: `Pod ${pod.metadata.namespace}/${pod.metadata.name} is on node "${node.metadata.name}", which is not ready.`,
      since: ready.lastTransitionTime ?? '',
      evidence: [fromSpec(refTo('Pod', pod), 'spec.nodeName', `nodeName: ${node.metadata.name}`)],
      because,
      facet: node.metadata.name,
    }),
  );
}
