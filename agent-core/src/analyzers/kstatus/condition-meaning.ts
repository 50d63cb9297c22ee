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
  'Terminal',
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

/** A type that nobody here knows means what its reason says: `Scheduled` with `ReplicaSchedulingFailure`. */
const failureReason = /^(?!No[A-Z]).*(?:Failure|Failed|Failing|Error)$/;
/** It fails at this moment, whatever the whole says of itself. */
const failsNow = /Failing$/;
/** Types of runs: what has ended badly is history, or told elsewhere. */
const ofRuns = /(?:Succeeded|Completed?|Finished)$/;

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

function goodMeaning({ status, reason, message }: Condition): Meaning {
  if (status !== 'False') return 'nothing';
  const lower = reason.toLowerCase();
  return busy.test(message.slice(-200)) || underWay.some((word) => lower.includes(word)) ? 'under-way' : 'not-ready';
}

function partMeaning(condition: Condition, isWell: boolean): Meaning {
  const { type, status, reason } = condition;
  if (notWanted.test(reason)) return 'nothing';
  if (healthyPart.test(type)) return goodMeaning(condition);
  const failure = status === 'False' && isFailureReason(reason) && !ofRuns.test(type);
  if (failure && failsNow.test(reason)) return 'not-ready';
  if (isWell) return 'nothing';
  if (badPart.test(type)) return status === 'True' ? 'failed' : 'nothing';
  // Words are needed: a part that is not ready without a reason is mostly one that nobody wanted.
  if (goodPart.test(type) && (reason !== '' || condition.message !== '')) return goodMeaning(condition);
  return failure ? 'not-ready' : 'nothing';
}

/** `Terminal` of `ACK.Terminal`: some kinds put their maker before the type. */
function bareType(type: string): string {
  return type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('/')) + 1);
}

/** `current status: backing-up`: it is busy, and nothing is said to be wrong. */
const busy = /\b(?:status|state|phase)(?: is)?:? ["']?(?!(?:fail|miss)ing\b)[a-z]+ing(?:-[a-z]+)?["']?\.?$/i;

/** Whether a reason is a failure by its last word: `ReconcileError`, `BuildFailed`. */
export function isFailureReason(reason: string): boolean {
  return failureReason.test(reason);
}

/** Whether a condition says why something else is not as it should be, whatever its own status. */
export function saysWhy({ type, reason, message }: Condition): boolean {
  return isFailureReason(reason) && message !== '' && !ofRuns.test(type) && !bad.has(type);
}

/** Whether a type speaks of the whole object, as far as types are known. */
export function isOfWhole({ type }: Condition): boolean {
  return good.has(type) || bad.has(type);
}

/** Whether an object says of itself as a whole that it works. */
export function saysWell(conditions: readonly Condition[]): boolean {
  return conditions.some(({ type, status }) => good.has(type) && status === 'True');
}

/** `isWell`: the object says of itself as a whole that it works. */
export function meaningOf(condition: Condition, isWell: boolean): Meaning {
  const type = bareType(condition.type);
  if (bad.has(type)) return condition.status === 'True' ? 'failed' : 'nothing';
  return good.has(type) ? goodMeaning(condition) : partMeaning({ ...condition, type }, isWell);
}
