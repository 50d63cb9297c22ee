import type { Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { isRecent } from '../../reading/recency.ts';
import { sandboxesRemade } from './codes.ts';

/** A node that started again makes each of its pods anew once or twice. */
const often = 10;
const present = 15 * 60_000;

function nodeOf(snapshot: Snapshot, { object }: ClusterEvent): string {
  return snapshot.get('Pod', object.namespace, object.name)?.spec.nodeName ?? '';
}

/** Where a sandbox cannot be made, each try is told as a change, too. */
function hasRun(snapshot: Snapshot, { object }: ClusterEvent): boolean {
  const pod = snapshot.get('Pod', object.namespace, object.name);
  return (pod?.status.containerStatuses ?? []).some(
    ({ state, lastState }) => (state.running ?? state.terminated ?? lastState.terminated) !== undefined,
  );
}

/** Nodes whose kubelet ends pods and makes them anew, over and over. */
export function checkRemade(snapshot: Snapshot): readonly Finding[] {
  const events = snapshot
    .list('Event')
    .filter((e) => e.reason === 'SandboxChanged' && e.count >= often && isRecent(snapshot, e.last, present))
    .filter((e) => hasRun(snapshot, e));
  const byNode = Map.groupBy(events, (event) => nodeOf(snapshot, event));
  return [...byNode].flatMap(([node, told]): Finding[] => {
    const [worst, ...others] = told.toSorted((a, b) => b.count - a.count);
    if (node === '' || worst === undefined || others.length === 0) return [];
    return [
      finding(sandboxesRemade, {
        object: refByName('Node', '', node),
        cause: `The kubelet of node "${node}" ends ${told.length} pods and makes their sandboxes anew again and again, ${worst.object.name} ${worst.count} times so far: it finds them changed or gone.`,
        evidence: [worst, ...others].slice(0, 3).map(fromEvent),
        since: told.map((e) => e.first ?? '').toSorted()[0] ?? '',
      }),
    ];
  });
}
