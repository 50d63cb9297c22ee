import type { ObjectOf } from '@autodevops/domain/kubernetes/kinds';

/** Whether a Deployment's rollout is through: every pod is of the newest revision, and available. */
export function isRolledOut({ spec, status }: ObjectOf<'Deployment'>): boolean {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  const wanted = spec.replicas ?? 1;
  return updatedReplicas >= wanted && availableReplicas >= wanted && replicas <= updatedReplicas;
}
