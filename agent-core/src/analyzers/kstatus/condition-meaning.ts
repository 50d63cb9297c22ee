import type { Condition } from '@autodevops/domain/kubernetes/metadata';

/** Types whose False is a problem. Types that are in neither list say nothing: nobody here knows what they mean. */
const good = new Set(['Ready', 'Available', 'Reconciled', 'Healthy', 'Synced', 'Installed', 'ReconcileSuccess', 'ReconcileSucceeded']);
/** Types whose True is a problem. */
const bad = new Set(['Stalled', 'Failed', 'Degraded', 'Failing', 'Error', 'ErrorOccurred', 'ReconcileError', 'ReconcileFailed', 'NotReady', 'Failure', 'InstallFailed', 'ReleaseFailed', 'Irreconcilable', 'Unhealthy']);

const underWay = ['creating', 'provisioning', 'pending', 'progress', 'reconciling', 'installing', 'updating', 'upgrading', 'deploying', 'initializing', 'initialising', 'scaling', 'waiting', 'starting', 'bootstrapping', 'unknown'];

export type Meaning = 'failed' | 'not-ready' | 'under-way' | 'nothing';

export function meaningOf(condition: Condition): Meaning {
  if (bad.has(condition.type)) return condition.status === 'True' ? 'failed' : 'nothing';
  if (!good.has(condition.type) || condition.status !== 'False') return 'nothing';
  const reason = condition.reason.toLowerCase();
  return underWay.some((word) => reason.includes(word)) ? 'under-way' : 'not-ready';
}
