import type { Manifest } from '@autodevops/domain/change/operation';
import { refKey } from '@autodevops/domain/object-ref';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { controllerOf } from '../../scarlet/targets/controller.ts';
import { manifestKey, reachedObjects } from './touch.ts';
import type { Touch } from './touch.ts';

const workloadKinds: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'ReplicationController',
  'ReplicaSet',
  'Job',
  'Pod',
];
const mostOwners = 5;

/** The topmost controller that exists: the Deployment of a pod's ReplicaSet. The object itself when nothing owns it. */
async function topmost(object: Manifest, view: ClusterView, signal: AbortSignal, depth = 0): Promise<string> {
  const owner = controllerOf(object);
  if (owner === undefined || owner.kind === 'Node' || depth >= mostOwners) return manifestKey(object);
  const found = await view.get(owner, { signal });
  return found === undefined ? refKey(owner) : await topmost(found, view, signal, depth + 1);
}

/** Pods of one controller are looked up once. */
function oneOfEachController(pods: readonly Manifest[]): readonly Manifest[] {
  return [...new Map(pods.map((pod) => [controllerOf(pod)?.uid ?? manifestKey(pod), pod])).values()];
}

/** Kind/namespace/name of each workload whose pods go or whose object is changed, sorted. */
export async function touchedWorkloads(
  touches: readonly Touch[],
  view: ClusterView,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const pods = oneOfEachController(touches.flatMap(({ pods: own }) => own));
  const changed = reachedObjects(touches).filter(({ kind }) => workloadKinds.includes(kind));
  const objects = await Promise.all(changed.map((name) => view.get(name, { signal })));
  const owners = await Promise.all(
    [...pods, ...objects.filter((object) => object !== undefined)].map((object) => topmost(object, view, signal)),
  );
  const missing = changed.filter((_, index) => objects[index] === undefined).map(refKey);
  return [...new Set([...owners, ...missing])].toSorted();
}
