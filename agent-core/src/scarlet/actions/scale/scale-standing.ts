import type { Manifest } from '@autodevops/domain/change/operation';
import type { Standing } from '../../action.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { ofAllReplicas } from '../../sentences.ts';
import { manifestName } from '../../targets/manifest-name.ts';
import { putBack } from '../../standing/template-standing.ts';

export function replicasOf(workload: Manifest): number {
  return Number(fieldAt(workload, ['spec', 'replicas']) ?? 1);
}

/** As many pods as wanted, all ready; of which revision they are is a rollout's matter. */
export function scaleStanding(workload: Manifest, wanted: number): Standing {
  const name = manifestName(workload);
  if (replicasOf(workload) !== wanted) return putBack(workload, `${wanted} replicas`);
  const status = (field: string): number => Number(fieldAt(workload, ['status', field]) ?? 0);
  if (status('observedGeneration') < Number(fieldAt(workload, ['metadata', 'generation']) ?? 0)) {
    return { state: 'waiting', says: `${name} has not been looked at by its controller yet.` };
  }
  const [there, ready] = [status('replicas'), status('readyReplicas')];
  if (there === wanted && ready >= wanted) {
    return { state: 'succeeded', says: ofAllReplicas(wanted, name, 'ready') };
  }
  return { state: 'waiting', says: `${name} has ${there} of ${wanted} replicas, ${ready} ready.` };
}
