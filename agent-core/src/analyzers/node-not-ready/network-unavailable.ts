import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent } from '../../evidence/finding.ts';
import { isUnready } from '../../reading/platform/node-readiness.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import { networkUnavailable } from './codes.ts';

/** A node without a working network of its own. */
export function checkNetwork(snapshot: Snapshot, node: Node): Finding[] {
  const condition = node.status.conditions.find((c) => c.type === 'NetworkUnavailable' && c.status === 'True');
  if (condition === undefined || isUnready(node)) return [];
  const ref = refTo('Node', node);
  // The condition says that there is no route, the event why.
  const route = newestEvents(snapshot, ref, 'FailedToCreateRoute').find((e) => isRecent(snapshot, e.last));
  const why = route === undefined ? '' : `. ${rootError(route.message)}`;
  const cause = `The network of node "${node.metadata.name}" does not work: ${said(condition.message || condition.reason)}${why}.`;
  return [
    finding(networkUnavailable, {
      object: ref,
      cause,
      since: condition.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, condition), ...(route === undefined ? [] : [fromEvent(route)])],
    }),
  ];
}
