import type { Finding } from '@autodevops/domain/finding';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { readyCondition } from '../../reading/platform/node-readiness.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import { flapping } from './codes.ts';

/** Both the kubelet and the node controller say it, each once for each time: the one that says it more often counts. */
export function checkFlapping(snapshot: Snapshot, node: Node): Finding[] {
  const ref = refTo('Node', node);
  const events = newestEvents(snapshot, ref, 'NodeNotReady').filter((e) => isRecent(snapshot, e.last));
  const [newest] = events;
  if (
    newest === undefined ||
    readyCondition(node)?.status !== 'True' ||
    !isRecent(snapshot, newest.last, 15 * 60_000)
  ) {
    return [];
  }
  const byTeller = Map.groupBy(events, (e) => e.component);
  const times = Math.max(
    ...[...byTeller.values()].map((told) =>
      told.reduce((sum, e) => sum + (isRecent(snapshot, e.first) ? e.count : 1), 0),
    ),
  );
  if (times < 3) return [];
  const cause = `Node "${node.metadata.name}" was not ready ${times} times within the hour; at this moment it is ready.`;
  return [
    finding(flapping, {
      object: ref,
      cause,
      confidence: 'medium',
      since: events.at(-1)?.first ?? '',
      evidence: events.slice(0, 3).map(fromEvent),
      because: [{ object: ref, codes: ['node.rebooted.repeatedly'] }],
    }),
  ];
}
