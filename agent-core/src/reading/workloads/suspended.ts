import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { conditionsOf } from '../platform/custom-objects.ts';
import { flagAt, numberAt, textAt } from '../json-value.ts';

/** Annotations whose presence (or value other than "false") pauses an object. */
const pausing = [
  'cluster.x-k8s.io/paused',
  'kamaji.clastix.io/paused',
  'crossplane.io/paused',
  'autoscaling.keda.sh/paused',
  'autoscaling.keda.sh/paused-replicas',
  'argocd.argoproj.io/skip-reconcile',
];
const restingReasons = new Set([
  'Suspended',
  'Paused',
  'Stopped',
  'Halted',
  'ScaledToZero',
  'NoTraffic',
  'Inactive',
  'Hibernated',
  'Idle',
  'Sleeping',
  'Completed',
  'PodCompleted',
  'Succeeded',
  'Finished',
  'Disabled',
]);

/** Somebody has put it to rest: it is not to be ready. */
export function isSuspended(object: CustomObject): boolean {
  const { spec, metadata, status } = object;
  if (
    flagAt(spec, 'suspend') === true ||
    flagAt(spec, 'suspended') === true ||
    flagAt(spec, 'paused') === true ||
    flagAt(spec, 'stopped') === true
  ) {
    return true;
  }
  if (
    flagAt(spec, 'running') === false ||
    textAt(spec, 'runStrategy') === 'Halted' ||
    numberAt(spec, 'replicas') === 0
  ) {
    return true;
  }
  if (pausing.some((key) => metadata.annotations[key] !== undefined && metadata.annotations[key] !== 'false')) {
    return true;
  }
  if (metadata.annotations['cnpg.io/hibernation'] === 'on') return true;
  // A former revision of a package, and a disk that no machine has asked for yet.
  if (textAt(spec, 'desiredState') === 'Inactive' || textAt(status, 'phase') === 'WaitForFirstConsumer') return true;
  const conditions = conditionsOf(object);
  if (
    conditions.some(
      (c) => (c.type === 'Suspended' || c.type === 'Paused' || c.type === 'Hibernated') && c.status === 'True',
    )
  ) {
    return true;
  }
  return conditions.some(
    (c) => (c.type === 'Ready' || c.type === 'Available') && c.status === 'False' && restingReasons.has(c.reason),
  );
}
