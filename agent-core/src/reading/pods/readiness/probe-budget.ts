import type { Probe } from '@autodevops/domain/kubernetes/pod';

/** Milliseconds that a probe lets pass before it gives up. */
export function probeBudget(probe: Probe | undefined): number {
  if (probe === undefined) return 0;
  return ((probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)) * 1000;
}

/** Milliseconds after a start at which a probe can have failed often enough: the first check comes at once. */
export function soonestEnd(probe: Probe): number {
  return probeBudget(probe) - (probe.periodSeconds ?? 10) * 1000;
}
