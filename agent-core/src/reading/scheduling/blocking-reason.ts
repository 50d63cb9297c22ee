import type { Snapshot } from '@autodevops/domain/snapshot';
import { roomObstacles, selectorFits, stateObstacles, volumeFits } from './node-obstacles.ts';
import type { Obstacle, Wish } from './node-obstacles.ts';
import { nodeRooms } from './node-room.ts';
import type { NodeRoom } from './node-room.ts';
import type { ObstacleKind, SchedulerReason } from './scheduler-message.ts';

/** A node that could take the pod but for one kind of obstacle. */
export interface HeldNode {
  readonly room: NodeRoom;
  readonly obstacles: readonly Obstacle[];
}

/** What really keeps a pod from being scheduled, out of all that the scheduler counts. */
export interface Blocking {
  readonly kind: ObstacleKind;
  /** The resource, taint, port or claim; empty where there is none. */
  readonly subject: string;
  /** Nodes that this keeps the pod from; empty when the nodes could not be compared. */
  readonly held: readonly HeldNode[];
  /** Nodes that the pod's own demands (selector, affinity, volumes) leave. */
  readonly candidates: readonly NodeRoom[];
  /** Nodes out of service that would take it. */
  readonly outOfService: readonly NodeRoom[];
  /** True when nodes and text agree. */
  readonly certain: boolean;
}

const podLevel: readonly ObstacleKind[] = [
  'volume-absent',
  'volume-terminating',
  'volume-unbound',
  'resource-claim',
  'no-nodes',
];
/** The order in which the scheduler asks: a node that fails late fitted in all that is asked before. */
const lateness: readonly ObstacleKind[] = [
  'other',
  'cordoned',
  'not-ready',
  'pressure',
  'taint',
  'node-name',
  'node-selector',
  'host-port',
  'resource',
  'volume-in-use',
  'volume-limit',
  'volume-node',
  'resource-claim',
  'volume-absent',
  'volume-terminating',
  'volume-unbound',
  'topology-spread',
  'pod-affinity',
  'pod-anti-affinity',
  'no-nodes',
];

function isControlPlane(reason: SchedulerReason): boolean {
  return (
    reason.kind === 'taint' &&
    (reason.subject.startsWith('node-role.kubernetes.io/control-plane') ||
      reason.subject.startsWith('node-role.kubernetes.io/master'))
  );
}

/** Late reasons outweigh early ones; among the late ones the number of nodes counts. */
function byText(reasons: readonly SchedulerReason[]): Blocking | undefined {
  const stage = (kind: ObstacleKind): number =>
    lateness.indexOf(kind) >= lateness.indexOf('host-port')
      ? 3
      : lateness.indexOf(kind) >= lateness.indexOf('node-name')
        ? 2
        : 1;
  const serious = reasons.filter((reason) => !isControlPlane(reason));
  const ordered = (serious.length > 0 ? serious : reasons).toSorted(
    (a, b) =>
      stage(b.kind) - stage(a.kind) ||
      b.count - a.count ||
      lateness.indexOf(b.kind) - lateness.indexOf(a.kind) ||
      a.subject.localeCompare(b.subject),
  );
  const first = ordered[0];
  if (first === undefined) return undefined;
  return {
    kind: first.kind,
    subject: first.subject,
    held: [],
    candidates: [],
    outOfService: [],
    certain: ordered.length === 1,
  };
}

function onlyControlPlane(obstacles: readonly Obstacle[]): boolean {
  return (
    obstacles.length > 0 &&
    obstacles.every((o) => o.kind === 'taint' && o.subject.startsWith('node-role.kubernetes.io/'))
  );
}

/** Chosen taints keep a node for others; only nodes without them are out of service. */
function stateKind(obstacles: readonly Obstacle[]): ObstacleKind | undefined {
  const order: readonly ObstacleKind[] = ['taint', 'cordoned', 'not-ready', 'pressure'];
  return order.find((kind) => obstacles.some((o) => o.kind === kind));
}

function most(held: readonly HeldNode[], kinds: (node: HeldNode) => readonly Obstacle[]): Obstacle | undefined {
  const counted = new Map<string, { obstacle: Obstacle; count: number }>();
  for (const node of held) {
    for (const obstacle of kinds(node)) {
      const key = `${obstacle.kind}|${obstacle.subject}`;
      counted.set(key, { obstacle, count: (counted.get(key)?.count ?? 0) + 1 });
    }
  }
  const ordered = [...counted].toSorted(
    ([a, x], [b, y]) =>
      y.count - x.count || lateness.indexOf(y.obstacle.kind) - lateness.indexOf(x.obstacle.kind) || a.localeCompare(b),
  );
  return ordered[0]?.[1].obstacle;
}

interface Sorted {
  readonly candidates: readonly NodeRoom[];
  readonly held: readonly HeldNode[];
}

function blocking(obstacle: Obstacle, sorted: Sorted, more?: Partial<Blocking>): Blocking {
  const held = sorted.held.filter((node) => node.obstacles.some((o) => o.kind === obstacle.kind));
  return {
    kind: obstacle.kind,
    subject: obstacle.subject,
    candidates: sorted.candidates,
    held,
    outOfService: [],
    certain: true,
    ...more,
  };
}

/** Every candidate is tainted, cordoned or not ready: which of it counts. */
function byState(wish: Wish, candidates: readonly NodeRoom[]): Blocking | undefined {
  const all = candidates.map((room): HeldNode => ({ room, obstacles: stateObstacles(wish, room) }));
  const workers = all.filter(
    (node) => !onlyControlPlane(node.obstacles.filter((o) => o.kind === 'taint')) || node.obstacles.length === 0,
  );
  const pool = workers.length > 0 ? workers : all;
  const roomy = pool.filter((node) => roomObstacles(wish, node.room).length === 0);
  const chosen = roomy.length > 0 ? roomy : pool;
  for (const kind of ['cordoned', 'not-ready', 'pressure', 'taint'] as const) {
    const of = chosen.filter((node) => stateKind(node.obstacles) === kind);
    const obstacle = most(of, (node) => node.obstacles.filter((o) => o.kind === kind));
    if (obstacle !== undefined) return blocking(obstacle, { candidates: pool.map((n) => n.room), held: of });
  }
  return undefined;
}

const betweenPods: readonly ObstacleKind[] = [
  'pod-affinity',
  'pod-anti-affinity',
  'topology-spread',
  'volume-in-use',
  'volume-limit',
  'volume-node',
  'volume-unbound',
  'resource-claim',
  'other',
];

/** Nodes in service that lack something; where nothing can be seen to lack, the scheduler's own word between pods stands. */
function byRoom(
  wish: Wish,
  candidates: readonly NodeRoom[],
  context: { usable: readonly NodeRoom[]; reasons: readonly SchedulerReason[] },
): Blocking | undefined {
  const spoken = context.reasons
    .filter((r) => betweenPods.includes(r.kind) && r.count > 0)
    .toSorted((a, b) => b.count - a.count)[0];
  const held: HeldNode[] = [];
  for (const room of context.usable) {
    const obstacles = roomObstacles(wish, room);
    if (obstacles.length > 0) held.push({ room, obstacles });
    else if (spoken !== undefined) held.push({ room, obstacles: [{ kind: spoken.kind, subject: spoken.subject }] });
    else return undefined;
  }
  const inService = new Set(context.usable);
  const asked = candidates.filter((room) => !inService.has(room));
  const idle = asked.filter((room) => {
    const kind = stateKind(stateObstacles(wish, room));
    return (
      (kind === 'cordoned' || kind === 'not-ready' || kind === 'pressure') && roomObstacles(wish, room).length === 0
    );
  });
  const obstacle = most(held, (node) => node.obstacles);
  if (obstacle === undefined) return undefined;
  const cordoned = idle.filter((room) => stateKind(stateObstacles(wish, room)) === 'cordoned');
  if (cordoned.length > 0 && context.reasons.some((r) => r.kind === 'cordoned' || r.kind === 'taint')) {
    const state = cordoned.map((room): HeldNode => ({ room, obstacles: stateObstacles(wish, room) }));
    return { kind: 'cordoned', subject: '', candidates, held: state, outOfService: cordoned, certain: false };
  }
  return blocking(obstacle, { candidates, held }, { outOfService: idle });
}

/** Which kinds the text may call an obstacle that we see. */
function mentioned(kind: ObstacleKind, reasons: readonly SchedulerReason[]): boolean {
  if (reasons.length === 0) return true;
  const asTaint: readonly ObstacleKind[] = ['cordoned', 'not-ready', 'pressure'];
  return reasons.some((r) => r.kind === kind || (asTaint.includes(kind) && r.kind === 'taint'));
}

/** `whole`: every pod was looked at; otherwise what room a node has left is not known. */
function byNodes(
  wish: Wish,
  rooms: readonly NodeRoom[],
  { reasons, whole }: { readonly reasons: readonly SchedulerReason[]; readonly whole: boolean },
): Blocking | undefined {
  const selected = rooms.filter((room) => selectorFits(wish.pod, room));
  if (selected.length === 0) {
    return { kind: 'node-selector', subject: '', held: [], candidates: [], outOfService: [], certain: true };
  }
  const reachable = selected.filter((room) => wish.volumes.every((volume) => volumeFits(volume, room)));
  if (reachable.length === 0) {
    const subject =
      wish.volumes.find((volume) => !selected.some((room) => volumeFits(volume, room)))?.metadata.name ??
      wish.volumes[0]?.metadata.name ??
      '';
    return { kind: 'volume-node', subject, held: [], candidates: selected, outOfService: [], certain: true };
  }
  const usable = reachable.filter((room) => stateObstacles(wish, room).length === 0);
  if (usable.length === 0) return byState(wish, reachable);
  return whole ? byRoom(wish, reachable, { usable, reasons }) : undefined;
}

/**
 * Decides between the reasons in the scheduler's text by comparing the pod with every node in the snapshot: first what
 * the pod itself demands (selector, affinity, volumes), then the state of the nodes that are left (the control plane's
 * taint counts only when there is nothing else), then their room, where every pod was looked at. Undefined when neither
 * text nor nodes say anything.
 */
export function blockingReason(
  snapshot: Snapshot,
  wish: Wish,
  reasons: readonly SchedulerReason[],
): Blocking | undefined {
  const own = reasons.find((reason) => podLevel.includes(reason.kind) && (reason.count === 0 || reasons.length === 1));
  if (own !== undefined) return byText([own]);
  const text = byText(reasons);
  const whole = snapshot.saw('Pod') && snapshot.parts.namespaces === undefined;
  const rooms = snapshot.saw('Node') ? nodeRooms(snapshot) : [];
  const seen = rooms.length === 0 ? undefined : byNodes(wish, rooms, { reasons, whole });
  if (seen === undefined) return text;
  if (mentioned(seen.kind, reasons)) return seen;
  return text === undefined || text.kind === 'other' ? { ...seen, certain: false } : { ...text, certain: false };
}
