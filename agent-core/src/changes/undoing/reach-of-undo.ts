import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Draft, Live } from '../../scarlet/action.ts';
import { podsOf } from '../../scarlet/standing/pods-of.ts';
import { isOfFlux } from '../../scarlet/targets/flux-object.ts';
import { reachOfFlux } from '../../scarlet/targets/flux-reach.ts';
import type { Reversal } from './reversal.ts';

/** Workloads whose pods a new template replaces by and by. */
export const rolledOut: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** What a changed workload takes away at the same time is told by how it is and would be; of anything else all pods count. */
function goAtOnce(operation: ClusterOperation, live: Manifest, pods: readonly Manifest[]): number {
  const rolls = (operation.verb === 'patch' || operation.verb === 'apply') && rolledOut.includes(live.kind);
  return rolls ? 0 : pods.length;
}

function letsFluxGoOn(operation: ClusterOperation): boolean {
  return (
    operation.verb === 'patch' &&
    operation.steps.some(
      (step) => step.path === '/spec/suspend' && (step.op === 'remove' || (step.op !== 'test' && step.value !== true)),
    )
  );
}

/** Flux that goes on changes what it keeps; suspended it changes nothing. */
function fluxReach(reversed: readonly Reversal[], target: ObjectRef): Pick<Draft, 'reaches'> {
  if (!isOfFlux(target)) return {};
  const resumed = reversed.find(({ operation, live }) => live !== undefined && letsFluxGoOn(operation));
  return resumed?.live === undefined ? { reaches: [] } : reachOfFlux(resumed.live);
}

/** What taking an action back touches: pods, how many of them at once, and what a tool changes because of it. */
export async function reachOfUndo(
  reversed: readonly Reversal[],
  target: ObjectRef,
  live: Live,
): Promise<Pick<Draft, 'touches' | 'atOnce' | 'reaches'>> {
  const each = await Promise.all(
    reversed.map(async ({ operation, live: object }) => {
      const pods = object === undefined ? [] : await podsOf(object, live);
      return { pods, atOnce: object === undefined ? 0 : goAtOnce(operation, object, pods) };
    }),
  );
  return {
    touches: each.flatMap(({ pods }) => pods),
    atOnce: each.reduce((sum, { atOnce }) => sum + atOnce, 0),
    ...fluxReach(reversed, target),
  };
}
