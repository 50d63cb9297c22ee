import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { nodeNames, unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Blocking } from '../../reading/scheduling/blocking-reason.ts';
import { claimsOfNodes } from '../../reading/scheduling/node-claim.ts';
import { selectorFits } from '../../reading/scheduling/node-obstacles.ts';
import { nodeRooms } from '../../reading/scheduling/node-room.ts';
import type { NodeRoom } from '../../reading/scheduling/node-room.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { unscheduledPods } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import type { Analyzer } from '../analyzer.ts';
import { cordoned, hostPort, nodeMissing, nodeNotReady, nodeSelector, noNodes, taint } from './codes.ts';
import { demandsOf, offerText } from './label-demand.ts';

function checkSelector(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const rooms = nodeRooms(snapshot);
  const demands = demandsOf(unscheduled.pod);
  const unmet = rooms.length === 0 ? [] : demands.filter((demand) => !rooms.some(demand.fits));
  const shown = (unmet.length > 0 ? unmet : demands).slice(0, 3);
  const first = unmet[0];
  const texts = shown.map((demand) => demand.text).join(', ');
  const cause =
    first === undefined
      ? `Pod demands nodes with ${texts === '' ? 'labels' : texts}${rooms.length > 0 ? ', which no single node has together' : ', which no node has'}.`
      : `Pod demands a node with ${texts}, but ${offerText(first, rooms)}.`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: nodeSelector,
    cause,
    evidence: shown.map((demand) => fromSpec(unscheduled.ref, demand.path, demand.text)),
    facet: texts,
  });
}

function heldRooms(blocking: Blocking): Blocking['candidates'] {
  return blocking.held.map((held) => held.room);
}

function checkTaint(snapshot: Snapshot, unscheduled: UnscheduledPod, blocking: Blocking): Finding {
  const rooms = heldRooms(blocking);
  const taints = [
    ...new Set(blocking.held.flatMap((held) => held.obstacles.filter((o) => o.kind === 'taint').map((o) => o.subject))),
  ].toSorted();
  const named = taints.length > 0 ? taints : [blocking.subject === '' ? 'a taint' : blocking.subject];
  const controlPlane = named.every((text) => text.startsWith('node-role.kubernetes.io/'));
  const where = rooms.length === 0 ? 'every node that it may use' : nodeNames(rooms);
  const specs: Evidence[] = blocking.held
    .slice(0, 3)
    .flatMap((held) =>
      held.obstacles
        .filter((o) => o.kind === 'taint')
        .map((o) => fromSpec(refTo('Node', held.room.node), 'spec.taints', o.subject)),
    );
  return unscheduledFinding(snapshot, unscheduled, {
    code: taint,
    cause: `Pod does not tolerate ${named.slice(0, 3).join(', ')} on ${where}${controlPlane ? ', and there is no other node that it may use' : ''}.`,
    evidence: specs,
    facet: named.join(','),
    because: claimsOfNodes(
      snapshot,
      rooms.map(({ node }) => node.metadata.name),
    ).map((claim) => ({ object: refToCustom(claim), codes: ['karpenter.claim.not-initialized'] })),
    ...(controlPlane
      ? {
          nextSteps: [
            'Add a worker node; on a single-node cluster remove the taint: `kubectl taint nodes NODE node-role.kubernetes.io/control-plane-`.',
          ],
        }
      : {}),
  });
}

function checkCordoned(snapshot: Snapshot, unscheduled: UnscheduledPod, blocking: Blocking): Finding {
  const rooms = heldRooms(blocking);
  const others = blocking.certain ? '' : ', and the other nodes do not fit it';
  return unscheduledFinding(snapshot, unscheduled, {
    code: cordoned,
    cause:
      rooms.length === 0
        ? 'The nodes that the pod may use are cordoned.'
        : `${rooms.length === 1 ? 'Node' : 'Nodes'} ${nodeNames(rooms)} could take the pod but ${rooms.length === 1 ? 'is' : 'are'} cordoned${others}.`,
    evidence: rooms
      .slice(0, 3)
      .map((room) =>
        fromSpec(refTo('Node', room.node), 'spec.unschedulable', String(room.node.spec.unschedulable ?? true)),
      ),
    changes: rooms
      .slice(0, 3)
      .map((room) => ({ action: 'uncordon', target: refTo('Node', room.node), params: {}, risk: 'medium' as const })),
    nextSteps:
      rooms.length === 0
        ? cordoned.nextSteps
        : [
            `Ask who cordoned ${nodeNames(rooms)} and whether the work is done, then run \`kubectl uncordon ${rooms[0]?.node.metadata.name ?? ''}\`; or add room elsewhere.`,
          ],
    because: rooms.slice(0, 20).map((room) => ({ object: refTo('Node', room.node), codes: ['node.'] })),
  });
}

function checkNotReady(snapshot: Snapshot, unscheduled: UnscheduledPod, blocking: Blocking): Finding {
  const rooms = heldRooms(blocking);
  const state = blocking.kind === 'pressure' ? 'under pressure' : 'not in service';
  return unscheduledFinding(snapshot, unscheduled, {
    code: nodeNotReady,
    cause:
      rooms.length === 0
        ? `The nodes that the pod may use are ${state}${blocking.subject === '' ? '' : ` (${blocking.subject})`}.`
        : `${nodeNames(rooms)}, which could take the pod, ${rooms.length === 1 ? 'is' : 'are'} ${state} (${blocking.subject}).`,
    evidence: rooms
      .slice(0, 3)
      .map((room) =>
        fromSpec(
          refTo('Node', room.node),
          'spec.taints',
          room.node.spec.taints.map((t) => `${t.key}:${t.effect}`).join(', '),
        ),
      ),
    facet: blocking.kind,
    because: rooms.slice(0, 20).map((room) => ({ object: refTo('Node', room.node), codes: ['node.'] })),
  });
}

/** A rollout that starts the new pod before it ends the old one, which has the port: neither can go on. */
function surge(
  snapshot: Snapshot,
  pod: Pod,
  holder: Pod,
): { readonly text: string; readonly evidence: Evidence } | undefined {
  const owner = workloadOf(snapshot, pod);
  if (refKey(workloadOf(snapshot, holder)) !== refKey(owner)) return undefined;
  const rolling =
    owner.kind === 'DaemonSet'
      ? snapshot.get('DaemonSet', owner.namespace, owner.name)?.spec.updateStrategy.rollingUpdate
      : owner.kind === 'Deployment'
        ? snapshot.get('Deployment', owner.namespace, owner.name)?.spec.strategy.rollingUpdate
        : undefined;
  const most = String(rolling?.maxSurge ?? (owner.kind === 'Deployment' ? '25%' : '0'));
  if (most === '0' || most === '0%') return undefined;
  const field = owner.kind === 'DaemonSet' ? 'updateStrategy' : 'strategy';
  return {
    text: `; both are of ${owner.kind} ${owner.name}, whose rollout (maxSurge ${most}) starts the new pod beside the old one`,
    evidence: fromSpec(owner, `spec.${field}.rollingUpdate.maxSurge`, most),
  };
}

interface PortHolder {
  readonly room: NodeRoom;
  readonly holder: Pod;
}

/** Which port is taken, and who has it. Where the scheduler's words alone decided, the nodes have not been compared yet. */
function holdersOf(
  snapshot: Snapshot,
  { pod, wish: { ports } }: UnscheduledPod,
  blocking: Blocking,
): { readonly taken: string; readonly holders: readonly PortHolder[] } {
  const held = heldRooms(blocking);
  const rooms = held.length > 0 ? held : nodeRooms(snapshot).filter((room) => selectorFits(pod, room));
  const isHeld = (port: string): boolean => rooms.some(({ hostPorts }) => hostPorts.has(port));
  const taken = ports.find((port) => port === blocking.subject) ?? ports.find(isHeld) ?? ports[0] ?? '';
  const holders = rooms.flatMap((room) => {
    const holder = room.hostPorts.get(taken);
    return holder === undefined ? [] : [{ room, holder }];
  });
  return { taken, holders };
}

/** What it wants, and where. A DaemonSet's pod is for one node, and has no replicas of which there could be fewer. */
function portWish(owner: ObjectRef, taken: string, first: PortHolder | undefined): string {
  const port = taken === '' ? 'of the host' : taken;
  return owner.kind === 'DaemonSet' && first !== undefined
    ? `The pod of DaemonSet "${owner.name}" for node ${first.room.node.metadata.name} wants port ${port} of it, which is taken`
    : `Pod wants port ${port} of the node, which is taken on every node that it may use`;
}

function portSteps(owner: ObjectRef, surging: boolean, first: PortHolder | undefined): readonly string[] {
  if (surging) {
    return [
      'Set maxSurge to 0 and maxUnavailable to 1 (or the strategy to Recreate): a port of the node cannot be held twice, so the old pod must end first.',
    ];
  }
  if (owner.kind !== 'DaemonSet') return hostPort.nextSteps;
  const who = first === undefined ? 'another pod' : `${first.holder.metadata.namespace}/${first.holder.metadata.name}`;
  return [
    `Give DaemonSet "${owner.name}" a port that is free on its nodes, or keep it off the nodes where ${who} has this one (nodeSelector or affinity).`,
  ];
}

function checkHostPort(snapshot: Snapshot, unscheduled: UnscheduledPod, blocking: Blocking): Finding {
  const { ports } = unscheduled.wish;
  const { taken, holders } = holdersOf(snapshot, unscheduled, blocking);
  const [first] = holders;
  const owner = workloadOf(snapshot, unscheduled.pod);
  const by =
    first === undefined
      ? ''
      : `: ${first.holder.metadata.namespace}/${first.holder.metadata.name} has it on ${first.room.node.metadata.name}${holders.length > 1 ? `, and ${holders.length - 1} more` : ''}`;
  const surging = first === undefined ? undefined : surge(snapshot, unscheduled.pod, first.holder);
  return unscheduledFinding(snapshot, unscheduled, {
    code: hostPort,
    cause: `${portWish(owner, taken, first)}${by}${surging?.text ?? ''}.`,
    evidence: [
      fromSpec(unscheduled.ref, 'spec.containers[*].ports[*].hostPort', ports.join(', ')),
      ...(first === undefined
        ? []
        : [fromSpec(refTo('Pod', first.holder), 'spec.containers[*].ports[*].hostPort', taken)]),
      ...(surging === undefined ? [] : [surging.evidence]),
    ],
    nextSteps: portSteps(owner, surging !== undefined, first),
    facet: taken,
  });
}

function check(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Finding[] {
  const { blocking } = unscheduled;
  switch (blocking?.kind) {
    case 'node-selector':
    case 'node-name':
      return [checkSelector(snapshot, unscheduled)];
    case 'taint':
      return [checkTaint(snapshot, unscheduled, blocking)];
    case 'cordoned':
      return [checkCordoned(snapshot, unscheduled, blocking)];
    case 'not-ready':
    case 'pressure':
      return [checkNotReady(snapshot, unscheduled, blocking)];
    case 'host-port':
      return [checkHostPort(snapshot, unscheduled, blocking)];
    case 'no-nodes':
      return [
        unscheduledFinding(snapshot, unscheduled, { code: noNodes, cause: 'The scheduler sees no node at all.' }),
      ];
    default:
      return [];
  }
}

const patience = 30_000;

/** Bound past the scheduler to a name that no node has. */
function checkNodeName(snapshot: Snapshot, pod: Pod): readonly Finding[] {
  const { nodeName } = pod.spec;
  if (nodeName === undefined || nodeName === '' || pod.status.phase !== 'Pending' || isTerminating(pod)) return [];
  if (pod.status.startTime !== undefined || !snapshot.lacks('Node', '', nodeName)) return [];
  if ((ageOf(snapshot, pod.metadata.creationTimestamp) ?? 0) < patience) return [];
  const near = nearMatches(
    nodeName,
    snapshot.list('Node').map((node) => node.metadata.name),
  );
  const ref = refTo('Pod', pod);
  return [
    finding(nodeMissing, {
      object: ref,
      cause: `Pod is assigned to node "${nodeName}", which does not exist${near.length > 0 ? `; there is ${near.join(', ')}` : ''}.`,
      since: pod.metadata.creationTimestamp ?? '',
      evidence: [fromSpec(ref, 'spec.nodeName', nodeName)],
      facet: nodeName,
      because: [{ object: refByName('Node', '', nodeName), codes: ['node.'] }],
    }),
  ];
}

export const schedulingPlacement: Analyzer = {
  name: 'scheduling-placement',
  codes: [nodeSelector, taint, cordoned, nodeNotReady, hostPort, noNodes, nodeMissing],
  analyze: (snapshot) => [
    ...unscheduledPods(snapshot).flatMap((unscheduled) => check(snapshot, unscheduled)),
    ...snapshot.list('Pod').flatMap((pod) => checkNodeName(snapshot, pod)),
  ],
};
