import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterObject, ObjectChange } from './cluster-object.ts';
import { fieldsOf, isOwnedBy, listOf } from './cluster-object.ts';
import { rollOut } from './roll-out.ts';
import type { RolloutScene } from './roll-out.ts';
import { routeServices } from './route.ts';

/** The sample's API server, as the stand-ins for controllers use it. */
export interface ControlledCluster {
  readonly list: (apiVersion: string, kind: string) => Promise<readonly ClusterObject[]>;
  readonly apply: (change: ObjectChange) => void;
}

export interface Controllers {
  readonly close: () => Promise<void>;
}

const beat = 250;

/** What the controllers look at. */
interface Sight {
  readonly deployments: readonly ClusterObject[];
  readonly replicaSets: readonly ClusterObject[];
  readonly pods: readonly ClusterObject[];
  readonly services: readonly ClusterObject[];
}

async function lookAt({ list }: ControlledCluster): Promise<Sight> {
  const [deployments, replicaSets, pods, services] = await Promise.all([
    list('apps/v1', 'Deployment'),
    list('apps/v1', 'ReplicaSet'),
    list('v1', 'Pod'),
    list('v1', 'Service'),
  ]);
  return { deployments, replicaSets, pods, services };
}

/** Deployments whose spec somebody wrote, and those that lost a pod. */
function toRollOut(before: Sight, now: Sight): readonly ClusterObject[] {
  const generations = new Map(before.deployments.map(({ metadata }) => [metadata.uid, metadata.generation]));
  const there = new Set(now.pods.map(({ metadata }) => metadata.uid));
  const lost = before.pods.filter(({ metadata }) => !there.has(metadata.uid));
  const losers = before.replicaSets.filter((replicaSet) => lost.some((pod) => isOwnedBy(pod, replicaSet)));
  return now.deployments.filter(
    (deployment) =>
      generations.get(deployment.metadata.uid) !== deployment.metadata.generation ||
      losers.some((replicaSet) => isOwnedBy(replicaSet, deployment)),
  );
}

function servicesDiffer(before: Sight, now: Sight): boolean {
  const versions = ({ services }: Sight): string =>
    services.map(({ metadata }) => `${String(metadata.uid)}/${String(metadata['resourceVersion'])}`).join();
  return versions(before) !== versions(now);
}

function workersOf(nodes: readonly ClusterObject[]): readonly string[] {
  const open = nodes.filter(
    ({ spec }) =>
      fieldsOf(spec)['unschedulable'] !== true &&
      !listOf(fieldsOf(spec)['taints']).some(({ effect }) => effect !== 'PreferNoSchedule'),
  );
  return open.map(({ metadata }) => metadata.name);
}

async function route({ list, apply }: ControlledCluster): Promise<void> {
  const [services, pods, slices, endpoints] = await Promise.all([
    list('v1', 'Service'),
    list('v1', 'Pod'),
    list('discovery.k8s.io/v1', 'EndpointSlice'),
    list('v1', 'Endpoints'),
  ]);
  for (const change of routeServices({ services, pods, slices, endpoints })) apply(change);
}

async function act(
  cluster: ControlledCluster,
  before: Sight,
  now: Sight,
  constant: Pick<RolloutScene, 'recorded' | 'next'>,
): Promise<Sight> {
  const changed = toRollOut(before, now);
  if (changed.length === 0 && !servicesDiffer(before, now)) return now;
  const nodes = workersOf(await cluster.list('v1', 'Node'));
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  for (const deployment of changed) {
    for (const change of rollOut(deployment, { ...now, ...constant, nodes, now: time })) cluster.apply(change);
  }
  await route(cluster);
  return await lookAt(cluster);
}

/**
 * Small stand-ins for the controllers that a recording lacks: Deployments roll out and Services find their pods, so that
 * a repair of the sample can be looked at. Nothing moves before something is changed.
 */
export async function startControllers(cluster: ControlledCluster): Promise<Controllers> {
  let seen = await lookAt(cluster);
  let count = 0;
  const constant = { recorded: seen, next: () => ++count };
  const ending = new AbortController();
  const work = (async () => {
    while (!ending.signal.aborted) {
      // A look that fails is made again at the next beat.
      seen = await lookAt(cluster)
        .then((now) => act(cluster, seen, now, constant))
        .catch(() => seen);
      await sleep(beat, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return {
    close: async () => {
      ending.abort();
      await work;
    },
  };
}
