import type { Deployment } from '@autodevops/domain/kubernetes/workload';

/** How many of the wanted pods may be missing during a rollout. */
export function allowedMissing(deployment: Deployment, desired: number): number {
  if (deployment.spec.strategy.type === 'Recreate') return desired;
  const raw = deployment.spec.strategy.rollingUpdate?.maxUnavailable ?? '25%';
  if (typeof raw === 'number') return raw;
  const percent = Number(raw.endsWith('%') ? raw.slice(0, -1) : Number.NaN);
  return Number.isFinite(percent) ? Math.floor((desired * percent) / 100) : 0;
}
