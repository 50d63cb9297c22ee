import type { Because, Finding } from '@autodevops/domain/finding';
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
import { freeOf, nodeRooms } from '../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import { formatAmount } from '../../reading/scheduling/pod-request.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { extendedResource } from './codes.ts';
import { devicePlugins, pluginsOf, pluginWords } from './device-plugin.ts';
import type { PluginWords } from './device-plugin.ts';
import { roomiest } from './roomiest.ts';
import { requestPath } from './request-path.ts';

/** Huge pages come from no device plugin: the kernel of the node sets them aside. */
const hugePagesStep =
  'Set huge pages of this size aside on the nodes that are to run the pod (vm.nr_hugepages, or hugepages= at boot), restart their kubelet, and see them under status.allocatable.';

/** Which nodes have the resource, and which of them the pod may use. */
interface Offer {
  readonly resource: string;
  readonly amount: number;
  readonly rooms: readonly NodeRoom[];
  readonly offering: readonly NodeRoom[];
  readonly usable: readonly NodeRoom[];
  /** Nodes that have it and do not offer it now. */
  readonly lost: readonly NodeRoom[];
}

function offerOf(snapshot: Snapshot, { wish }: UnscheduledPod, { candidates }: Blocking, resource: string): Offer {
  const rooms = nodeRooms(snapshot);
  const offering = rooms.filter((room) => (room.allocatable.get(resource) ?? 0) > 0);
  return {
    resource,
    amount: wish.request.get(resource) ?? 0,
    rooms,
    offering,
    usable: offering.filter((room) => candidates.includes(room)),
    lost:
      offering.length > 0 ? [] : rooms.filter(({ node }) => (parseQuantity(node.status.capacity[resource]) ?? 0) > 0),
  };
}

function notOffered({ resource, rooms, lost }: Offer): string {
  if (lost.length > 0) {
    const [has, does] = lost.length === 1 ? ['has', 'does'] : ['have', 'do'];
    return `Pod asks for ${resource}, which ${nodeNames(lost)} ${has} but ${does} not offer now: the device plugin there reports none as healthy.`;
  }
  const near = nearMatches(
    resource,
    rooms.flatMap((room) => [...room.allocatable.keys()]),
  );
  return `Pod asks for ${resource}, which no node offers${near.length > 0 ? `; nodes offer ${near.join(', ')}` : ''}.`;
}

function sentence(offer: Offer): string {
  const { resource, amount, rooms, offering, usable } = offer;
  const asked = `Pod asks for ${formatAmount(resource, amount)} of ${resource}`;
  if (rooms.length === 0) return `${asked}, which no node that it may use has left.`;
  if (offering.length === 0) return notOffered(offer);
  const most = roomiest(usable, (room) => freeOf(room, resource) ?? 0);
  if (most === undefined) {
    const [offers, those] = offering.length === 1 ? ['offers', 'that node'] : ['offer', 'those nodes'];
    return `Pod asks for ${resource}, which only ${nodeNames(offering)} ${offers}, and the pod may not use ${those}.`;
  }
  const free = formatAmount(resource, Math.max(0, freeOf(most, resource) ?? 0));
  const total = formatAmount(resource, most.allocatable.get(resource) ?? 0);
  return `${asked}, but ${most.node.metadata.name} has ${free} of ${total} left.`;
}

function lostEvidence({ resource, lost }: Offer): Finding['evidence'] {
  return lost.slice(0, 2).map(({ node }) => {
    const { allocatable, capacity } = node.status;
    const told = `${allocatable[resource] ?? '0'} of ${capacity[resource] ?? ''}`;
    return fromStatus(refTo('Node', node), `status.allocatable.${resource}`, told);
  });
}

function stepsFor(resource: string, plugin: PluginWords | undefined): readonly string[] {
  if (resource.startsWith('hugepages-')) return [hugePagesStep];
  if (plugin === undefined) return extendedResource.nextSteps;
  const { namespace, name } = plugin.pod.metadata;
  return [
    `Read the log of the device plugin: \`kubectl -n ${namespace} logs ${name}\`. Where it cannot load the library of the driver, its container does not run under the runtime of the vendor: make that the default of containerd on the node, or give the plugin its runtimeClassName.`,
    ...extendedResource.nextSteps,
  ];
}

/** Plugins that are ready are named so that their logs are read. */
function plugins(snapshot: Snapshot, { resource, offering, lost }: Offer): readonly Because[] {
  const ready = offering.length > 0 ? [] : pluginsOf(snapshot, resource).slice(0, 3).filter(isReady);
  return [
    ...devicePlugins(snapshot, resource, lost),
    ...ready.map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.'] })),
  ];
}

/** A resource that not every node has: devices of a plugin, huge pages. */
export function checkExtended(
  snapshot: Snapshot,
  unscheduled: UnscheduledPod,
  { blocking, resource }: { readonly blocking: Blocking; readonly resource: string },
): Finding {
  const offer = offerOf(snapshot, unscheduled, blocking, resource);
  const isOffered = offer.offering.length > 0;
  const spec = requestPath(unscheduled, resource);
  const plugin = isOffered ? undefined : pluginWords(snapshot, resource);
  const says =
    plugin === undefined
      ? ''
      : ` The device plugin on node ${plugin.pod.spec.nodeName ?? ''} runs and says: ${said(tellingPart(plugin.line))}.`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: extendedResource,
    cause: `${sentence(offer)}${says}`,
    evidence: [
      ...(plugin === undefined ? [] : [fromOutput(refTo('Pod', plugin.pod), plugin.view, plugin.line)]),
      ...(spec === undefined ? [] : [fromSpec(unscheduled.ref, spec.path, spec.value)]),
      ...lostEvidence(offer),
    ],
    because: plugins(snapshot, offer),
    nextSteps: stepsFor(resource, plugin),
    facet: resource,
    ...(isOffered ? {} : { sharedWith: resource }),
  });
}
