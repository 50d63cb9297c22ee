import type { Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nodeNames, unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import { stateObstacles } from '../../reading/scheduling/node-obstacles.ts';
import { nodeRooms } from '../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import { amountText, formatAmount } from '../../reading/scheduling/pod-request.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { requestTooLarge } from './codes.ts';
import { lowerRequest } from './lower-request.ts';
import { raisedRequest } from './raised-request.ts';
import { roomiest } from './roomiest.ts';
import { requestPath } from './request-path.ts';

/** More than any node has in all. */
export function checkTooLarge(snapshot: Snapshot, unscheduled: UnscheduledPod, resource: string): Finding | undefined {
  const { blocking, wish } = unscheduled;
  const amount = wish.request.get(resource) ?? 0;
  // Where pods of other namespaces were not read the nodes cannot be compared for room, but for their whole size they can.
  const known = blocking !== undefined && blocking.candidates.length > 0 ? blocking.candidates : nodeRooms(snapshot);
  const rooms = known.filter((room) => !stateObstacles(wish, room).some((o) => o.kind === 'taint'));
  const total = (room: NodeRoom): number => room.allocatable.get(resource) ?? 0;
  const best = roomiest(rooms, total);
  if (best === undefined || amount <= total(best) || total(best) === 0) return undefined;
  const asked = formatAmount(resource, amount);
  const closed = known.filter((room) => !rooms.includes(room) && total(room) >= amount);
  const beside =
    closed.length === 0 ? '' : `; ${nodeNames(closed)} ${closed.length === 1 ? 'is' : 'are'} large enough, but tainted`;
  const spec = requestPath(unscheduled, resource);
  const ref = refTo('Node', best.node);
  const raised = raisedRequest(snapshot, unscheduled, resource);
  return unscheduledFinding(snapshot, unscheduled, {
    code: requestTooLarge,
    cause: `Pod asks for ${amountText(resource, amount)}, more than the largest node it may use has in all (${best.node.metadata.name}: ${formatAmount(resource, total(best))})${beside}.${raised?.sentence ?? ''}`,
    evidence: [
      ...(spec === undefined ? [] : [fromSpec(unscheduled.ref, spec.path, spec.value)]),
      ...(raised === undefined ? [] : [raised.evidence]),
      fromStatus(ref, `status.allocatable.${resource}`, best.node.status.allocatable[resource] ?? ''),
    ],
    facet: resource,
    nextSteps: [
      ...(raised === undefined ? [] : [raised.step]),
      ...(raised !== undefined
        ? []
        : [
            `Lower the ${resource} request to what the workload needs (check the unit), at most ${formatAmount(resource, total(best))} less what the system pods of a node use.`,
          ]),
      ...(closed.length === 0
        ? []
        : [
            `If it is meant for ${nodeNames(closed)}, give the pod a toleration for the taint of ${closed.length === 1 ? 'that node' : 'those nodes'}.`,
          ]),
      `If it does need ${asked}, add a node of that size.`,
    ],
    changes: raised === undefined ? lowerRequest(snapshot, unscheduled, resource) : [],
  });
}
