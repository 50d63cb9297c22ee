import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nodeNames, unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import type { Blocking } from '../../reading/scheduling/blocking-reason.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { ageOf } from '../../reading/recency.ts';
import { closedPools } from '../../reading/scheduling/node-promise.ts';
import { volumeFits } from '../../reading/scheduling/node-obstacles.ts';
import { freeOf, nodeRooms } from '../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import { heldBackWith } from '../../reading/scheduling/gang.ts';
import { amountText, formatAmount } from '../../reading/scheduling/pod-request.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { volumePlace } from '../../reading/scheduling/volume-place.ts';
import { cpuFull, ephemeralStorageFull, memoryFull, tooManyPods } from './codes.ts';
import { raisedRequest } from './raised-request.ts';
import { roomiest } from './roomiest.ts';
import { requestPath } from './request-path.ts';

/** Resources that every node has, with the code of having none left. */
export const codeOfResource: ReadonlyMap<string, CodeEntry> = new Map([
  ['cpu', cpuFull],
  ['memory', memoryFull],
  ['ephemeral-storage', ephemeralStorageFull],
  ['pods', tooManyPods],
]);

function nodesOf(blocking: Blocking): readonly NodeRoom[] {
  return blocking.held.map((held) => held.room);
}

function outOfServiceText(blocking: Blocking): string {
  return blocking.outOfService.length === 0
    ? ''
    : `; ${nodeNames(blocking.outOfService)} would have room but ${blocking.outOfService.length === 1 ? 'is' : 'are'} out of service`;
}

function fullCause(unscheduled: UnscheduledPod, blocking: Blocking, resource: string): string {
  const rooms = nodesOf(blocking);
  const free = (room: NodeRoom): number => Math.max(0, freeOf(room, resource) ?? 0);
  const best = roomiest(rooms, free);
  const amount = unscheduled.wish.request.get(resource);
  if (resource === 'pods') {
    if (best === undefined) return 'Every node that the pod may use runs its maximum number of pods.';
    return `Every node that the pod may use runs its maximum number of pods (${rooms.length === 1 ? '' : 'for example '}${best.node.metadata.name}: ${best.used.get('pods') ?? 0} of ${best.allocatable.get('pods') ?? 0})${outOfServiceText(blocking)}.`;
  }
  const asked = amount === undefined ? '' : ` asks for ${amountText(resource, amount)}`;
  if (best === undefined) {
    return `Pod${asked === '' ? ` asks for more ${resource}` : asked}, which no node that it may use has left.`;
  }
  const among =
    rooms.length === 1
      ? `${best.node.metadata.name}, the only node it may use, has`
      : `of the ${rooms.length} nodes it may use ${best.node.metadata.name} has most left,`;
  return `Pod${asked}, but ${among} ${formatAmount(resource, free(best))} of ${formatAmount(resource, best.allocatable.get(resource) ?? 0)}${rooms.length === 1 ? ' left' : ''}${outOfServiceText(blocking)}.`;
}

/** A volume that keeps the pod away from nodes, in words: where it may be used. */
function pinned(snapshot: Snapshot, { wish }: UnscheduledPod): { sentence: string; step: string } | undefined {
  const volume = wish.volumes.find((v) => nodeRooms(snapshot).some((room) => !volumeFits(v, room)));
  const place = volume === undefined ? '' : volumePlace(volume);
  if (volume === undefined || place === '') return undefined;
  const claim = volume.spec.claimRef?.name ?? volume.metadata.name;
  return {
    sentence: ` Its volume (claim "${claim}") can be used only on nodes with ${place}.`,
    step: `Make room on a node with ${place}, or add one there: nodes elsewhere cannot use the volume.`,
  };
}

/** Pods that start only together wait for the one that finds no node. */
function gangText(snapshot: Snapshot, { pod }: UnscheduledPod): string {
  const others = heldBackWith(snapshot, pod);
  return others === 0
    ? ''
    : ` It belongs to a gang that starts only as a whole: ${others} other ${others === 1 ? 'pod waits' : 'pods wait'} with it.`;
}

const turn = 2 * 60_000;

/** Runs of CronJobs that begin at the same minute go one after the other where they do not fit all at once. */
function waitsItsTurn(snapshot: Snapshot, { pod }: UnscheduledPod): boolean {
  if ((ageOf(snapshot, pod.metadata.creationTimestamp) ?? Infinity) > turn) return false;
  const owner = controllerOf(pod);
  const job = owner?.kind === 'Job' ? snapshot.get('Job', owner.namespace, owner.name) : undefined;
  return job !== undefined && controllerOf(job)?.kind === 'CronJob';
}

/** No node that the pod may use has enough left of a resource that each of them has. */
export function checkFull(
  snapshot: Snapshot,
  unscheduled: UnscheduledPod,
  context: { blocking: Blocking; resource: string },
): Finding {
  const { blocking, resource } = context;
  const spec = requestPath(unscheduled, resource);
  const held = nodesOf(blocking).slice(0, 2);
  const code = codeOfResource.get(resource) ?? cpuFull;
  const pin = pinned(snapshot, unscheduled);
  const raised = raisedRequest(snapshot, unscheduled, resource);
  return unscheduledFinding(snapshot, unscheduled, {
    code,
    ...(waitsItsTurn(snapshot, unscheduled) ? { standing: 'progressing' as const } : {}),
    cause: `${fullCause(unscheduled, blocking, resource)}${raised?.sentence ?? ''}${pin?.sentence ?? ''}${gangText(snapshot, unscheduled)}`,
    nextSteps: [pin?.step, raised?.step].filter((step) => step !== undefined).concat(code.nextSteps),
    evidence: [
      ...(spec === undefined ? [] : [fromSpec(unscheduled.ref, spec.path, spec.value)]),
      ...(raised === undefined ? [] : [raised.evidence]),
      ...held.map((room) =>
        fromStatus(
          refTo('Node', room.node),
          `status.allocatable.${resource}`,
          room.node.status.allocatable[resource] ?? '',
        ),
      ),
    ],
    because: closedPools(snapshot).map((object) => ({ object, codes: ['custom.'] })),
    facet: resource,
  });
}
