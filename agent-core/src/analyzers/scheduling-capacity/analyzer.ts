import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nodeNames, unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { said } from '../../reading/said.ts';
import { nearMatches } from '../../reading/near-match.ts';
import type { Blocking } from '../../reading/scheduling/blocking-reason.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { ageOf } from '../../reading/recency.ts';
import { closedPools, isPromisedANode } from '../../reading/scheduling/node-promise.ts';
import { stateObstacles, volumeFits } from '../../reading/scheduling/node-obstacles.ts';
import { freeOf, nodeRooms } from '../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import { heldBackWith } from '../../reading/scheduling/gang.ts';
import { amountText, formatAmount } from '../../reading/scheduling/pod-request.ts';
import { unscheduledPods } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { volumePlace } from '../../reading/scheduling/volume-place.ts';
import type { Analyzer } from '../analyzer.ts';
import { cpuFull, ephemeralStorageFull, extendedResource, memoryFull, requestTooLarge, tooManyPods } from './codes.ts';
import { devicePlugins, pluginsOf, pluginWords } from './device-plugin.ts';
import { lowerRequest } from './lower-request.ts';
import { raisedRequest } from './raised-request.ts';

const codeOf: ReadonlyMap<string, CodeEntry> = new Map([
  ['cpu', cpuFull],
  ['memory', memoryFull],
  ['ephemeral-storage', ephemeralStorageFull],
  ['pods', tooManyPods],
]);

function largest(rooms: readonly NodeRoom[], amount: (room: NodeRoom) => number): NodeRoom | undefined {
  return rooms.toSorted((a, b) => amount(b) - amount(a) || a.node.metadata.name.localeCompare(b.node.metadata.name))[0];
}

/** The container's field that asks for it, for the quotation. */
function requestPath(unscheduled: UnscheduledPod, resource: string): { path: string; value: string } | undefined {
  const { containers } = unscheduled.pod.spec;
  for (const [index, container] of containers.entries()) {
    for (const field of ['requests', 'limits'] as const) {
      const value = container.resources[field][resource];
      if (value !== undefined) return { path: `spec.containers[${index}].resources.${field}.${resource}`, value };
    }
  }
  return undefined;
}

function nodesOf(blocking: Blocking): readonly NodeRoom[] {
  return blocking.held.map((held) => held.room);
}

function outOfServiceText(blocking: Blocking): string {
  return blocking.outOfService.length === 0
    ? ''
    : `; ${nodeNames(blocking.outOfService)} would have room but is out of service`;
}

/** More than any node has in all. */
function checkTooLarge(snapshot: Snapshot, unscheduled: UnscheduledPod, resource: string): Finding | undefined {
  const { blocking, wish } = unscheduled;
  const amount = wish.request.get(resource) ?? 0;
  // Where pods of other namespaces were not read the nodes cannot be compared for room, but for their whole size they can.
  const known = blocking !== undefined && blocking.candidates.length > 0 ? blocking.candidates : nodeRooms(snapshot);
  const rooms = known.filter((room) => !stateObstacles(wish, room).some((o) => o.kind === 'taint'));
  const total = (room: NodeRoom): number => room.allocatable.get(resource) ?? 0;
  const best = largest(rooms, total);
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

function fullCause(unscheduled: UnscheduledPod, blocking: Blocking, resource: string): string {
  const rooms = nodesOf(blocking);
  const free = (room: NodeRoom): number => Math.max(0, freeOf(room, resource) ?? 0);
  const best = largest(rooms, free);
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

function checkFull(
  snapshot: Snapshot,
  unscheduled: UnscheduledPod,
  context: { blocking: Blocking; resource: string },
): Finding {
  const { blocking, resource } = context;
  const spec = requestPath(unscheduled, resource);
  const held = nodesOf(blocking).slice(0, 2);
  const code = codeOf.get(resource) ?? cpuFull;
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

/** Huge pages come from no device plugin: the kernel of the node sets them aside. */
const hugePagesStep =
  'Set huge pages of this size aside on the nodes that are to run the pod (vm.nr_hugepages, or hugepages= at boot), restart their kubelet, and see them under status.allocatable.';

function checkExtended(
  snapshot: Snapshot,
  unscheduled: UnscheduledPod,
  context: { blocking: Blocking; resource: string },
): Finding {
  const { blocking, resource } = context;
  const rooms = nodeRooms(snapshot);
  const offering = rooms.filter((room) => (room.allocatable.get(resource) ?? 0) > 0);
  const amount = unscheduled.wish.request.get(resource) ?? 0;
  const spec = requestPath(unscheduled, resource);
  const near = nearMatches(
    resource,
    rooms.flatMap((room) => [...room.allocatable.keys()]),
  );
  const usable = offering.filter((room) => blocking.candidates.includes(room));
  const most = largest(usable, (room) => freeOf(room, resource) ?? 0);
  let cause = `Pod asks for ${formatAmount(resource, amount)} of ${resource}, which no node that it may use has left.`;
  const lost =
    offering.length > 0 ? [] : rooms.filter(({ node }) => (parseQuantity(node.status.capacity[resource]) ?? 0) > 0);
  if (lost.length > 0) {
    cause = `Pod asks for ${resource}, which ${nodeNames(lost)} ${lost.length === 1 ? 'has' : 'have'} but ${lost.length === 1 ? 'does' : 'do'} not offer now: the device plugin there reports none as healthy.`;
  } else if (rooms.length > 0 && offering.length === 0) {
    cause = `Pod asks for ${resource}, which no node offers${near.length > 0 ? `; nodes offer ${near.join(', ')}` : ''}.`;
  } else if (rooms.length > 0 && usable.length === 0) {
    cause = `Pod asks for ${resource}, which only ${nodeNames(offering)} offers, and the pod may not use that node.`;
  } else if (most !== undefined) {
    const total = most.allocatable.get(resource) ?? 0;
    cause = `Pod asks for ${formatAmount(resource, amount)} of ${resource}, but ${most.node.metadata.name} has ${formatAmount(resource, Math.max(0, freeOf(most, resource) ?? 0))} of ${formatAmount(resource, total)} left.`;
  }
  const plugin = offering.length > 0 ? undefined : pluginWords(snapshot, resource);
  return unscheduledFinding(snapshot, unscheduled, {
    code: extendedResource,
    cause:
      plugin === undefined
        ? cause
        : `${cause} The device plugin on node ${plugin.pod.spec.nodeName ?? ''} runs and says: ${said(tellingPart(plugin.line))}.`,
    evidence: [
      ...(plugin === undefined ? [] : [fromOutput(refTo('Pod', plugin.pod), plugin.view, plugin.line)]),
      ...(spec === undefined ? [] : [fromSpec(unscheduled.ref, spec.path, spec.value)]),
      ...lost
        .slice(0, 2)
        .map(({ node }) =>
          fromStatus(
            refTo('Node', node),
            `status.allocatable.${resource}`,
            `${node.status.allocatable[resource] ?? '0'} of ${node.status.capacity[resource] ?? ''}`,
          ),
        ),
    ],
    // Named so that its log is read.
    because: [
      ...devicePlugins(snapshot, resource, lost),
      ...(offering.length > 0 ? [] : pluginsOf(snapshot, resource).slice(0, 3))
        .filter(isReady)
        .map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.'] })),
    ],
    ...(plugin === undefined
      ? {}
      : {
          nextSteps: [
            `Read the log of the device plugin: \`kubectl -n ${plugin.pod.metadata.namespace} logs ${plugin.pod.metadata.name}\`. Where it cannot load the library of the driver, its container does not run under the runtime of the vendor: make that the default of containerd on the node, or give the plugin its runtimeClassName.`,
            ...extendedResource.nextSteps,
          ],
        }),
    ...(resource.startsWith('hugepages-') ? { nextSteps: [hugePagesStep] } : {}),
    facet: resource,
    ...(offering.length === 0 ? { sharedWith: resource } : {}),
  });
}

function check(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Finding[] {
  const { blocking } = unscheduled;
  if (blocking?.kind !== 'resource') return [];
  const resource = blocking.subject;
  if (!codeOf.has(resource)) return [checkExtended(snapshot, unscheduled, { blocking, resource })];
  const canBeTooLarge = resource !== 'pods' && !isPromisedANode(snapshot, unscheduled.ref);
  const tooLarge = canBeTooLarge ? checkTooLarge(snapshot, unscheduled, resource) : undefined;
  return [tooLarge ?? checkFull(snapshot, unscheduled, { blocking, resource })];
}

export const schedulingCapacity: Analyzer = {
  name: 'scheduling-capacity',
  codes: [cpuFull, memoryFull, ephemeralStorageFull, tooManyPods, extendedResource, requestTooLarge],
  analyze: (snapshot) => unscheduledPods(snapshot).flatMap((unscheduled) => check(snapshot, unscheduled)),
};
