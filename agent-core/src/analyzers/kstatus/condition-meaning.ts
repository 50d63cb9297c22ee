import type { Condition } from '@autodevops/domain/kubernetes/metadata';

/** Types whose False is a problem. Types that nobody here knows say nothing. */
const good = new Set([
  'Ready',
  'Available',
  'Reconciled',
  'Healthy',
  'Synced',
  'Installed',
  'ReconcileSuccess',
  'ReconcileSucceeded',
]);
/** Types whose True is a problem. */
const bad = new Set([
  'Stalled',
  'Failed',
  'Degraded',
  'Failing',
  'Error',
  'ErrorOccurred',
  'ReconcileError',
  'ReconcileFailed',
  'NotReady',
  'Failure',
  'InstallFailed',
  'ReleaseFailed',
  'Irreconcilable',
  'Unhealthy',
  'Dangling',
]);

/** Types that speak of one thing of many: `NodeRegistrationHealthy`, `ResolutionFailed`. A whole that is well outweighs them, but for what calls itself unhealthy. */
const goodPart = /^(?:Valid|Accepted)$|[a-z](?:Ready|Available|Synced|Installed)$/;
const badPart = /[a-z](?:Failed|Failure|Error|Degraded|Unhealthy)$/;
const healthyPart = /[a-z]Healthy$/;
/** Something that is not asked for is not missing. */
const notWanted =
  /disabled|notrequired|notconfigured|notneeded|notapplicable|notrequested|notenabled|skipped|suspended|paused|stopped/i;

const underWay = [
  'creating',
  'provisioning',
  'pending',
  'progress',
  'reconciling',
  'installing',
  'updating',
  'upgrading',
  'deploying',
  'initializing',
  'initialising',
  'scaling',
  'waiting',
  'starting',
  'bootstrapping',
  'unknown',
];

export type Meaning = 'failed' | 'not-ready' | 'under-way' | 'nothing';

function goodMeaning({ status, reason }: Condition): Meaning {
  if (status !== 'False') return 'nothing';
  const lower = reason.toLowerCase();
  return underWay.some((word) => lower.includes(word)) ? 'under-way' : 'not-ready';
}

function partMeaning(condition: Condition, isWell: boolean): Meaning {
  const { type, status, reason } = condition;
  if (notWanted.test(reason)) return 'nothing';
  if (healthyPart.test(type)) return goodMeaning(condition);
  if (isWell) return 'nothing';
  if (badPart.test(type)) return status === 'True' ? 'failed' : 'nothing';
  // Words are needed: a part that is not ready without a reason is mostly one that nobody wanted.
  return goodPart.test(type) && (reason !== '' || condition.message !== '') ? goodMeaning(condition) : 'nothing';
}

/** Whether an object says of itself as a whole that it works. */
export function saysWell(conditions: readonly Condition[]): boolean {
  return conditions.some(({ type, status }) => good.has(type) && status === 'True');
}

/** `isWell`: the object says of itself as a whole that it works. */
export function meaningOf(condition: Condition, isWell: boolean): Meaning {
  if (bad.has(condition.type)) return condition.status === 'True' ? 'failed' : 'nothing';
  return good.has(condition.type) ? goodMeaning(condition) : partMeaning(condition, isWell);
}
