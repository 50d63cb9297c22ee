import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition } from '../../evidence/finding.ts';
import { fixedFieldSteps } from '../../evidence/fixed-field-steps.ts';
import { conditionsOf, refToCustom } from '../../reading/platform/custom-objects.ts';
import { flagAt } from '../../reading/json-value.ts';
import { objectsNamed, unreachedIn, webhooksNamed } from '../../reading/objects-named.ts';
import { ageOf } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { reconcileFailed, sourceFailed, unhealthy, waiting } from './codes.ts';
import { appliedWorkloads, declaredDependencies, failedHooks, lockedReleases } from './depends.ts';

const moment = 60_000;
const sources = new Set([
  'GitRepository',
  'OCIRepository',
  'HelmRepository',
  'HelmChart',
  'Bucket',
  'ImageRepository',
  'ExternalArtifact',
]);
const waitingReasons = new Set([
  'DependencyNotReady',
  'SourceNotReady',
  'ChartNotReady',
  'ArtifactNotReady',
  'NoSourceArtifact',
]);
const waitingTexts = [
  "' is not ready",
  'is not ready',
  'source is not ready',
  'no artifact available',
  'not found in source',
];
const timeoutTexts = [
  'health check failed',
  'timeout waiting for',
  'context deadline exceeded',
  'timed out waiting for the condition',
  'progress deadline exceeded',
  'client rate limiter wait',
];

function codeOf(object: CustomObject, ready: Condition): CodeEntry {
  if (waitingReasons.has(ready.reason)) return waiting;
  if (sources.has(object.kind)) return sourceFailed;
  const message = ready.message.toLowerCase();
  if (ready.reason === 'HealthCheckFailed' || timeoutTexts.some((text) => message.includes(text))) return unhealthy;
  if (ready.reason === 'ArtifactFailed' && waitingTexts.some((text) => message.includes(text))) return waiting;
  return reconcileFailed;
}

function sentence(code: CodeEntry, object: CustomObject, ready: Condition): string {
  const name = refText(refToCustom(object));
  const text = rootError(ready.message, 300) || said(ready.reason);
  switch (code) {
    case waiting:
      return `${name} is not applied because it waits for another object: ${text}.`;
    case sourceFailed:
      return `Flux cannot fetch ${name}: ${text}.`;
    case unhealthy:
      return `What Flux applied for ${name} did not become healthy: ${text}.`;
    default:
      return `Flux cannot apply ${name}: ${text}.`;
  }
}

/** What a source says while something about it fails: unlike Ready it stays as it is from one try to the next. */
const failing = new Set(['FetchFailed', 'BuildFailed', 'StorageOperationFailed', 'IncludeUnavailable']);

/**
 * Every try turns Ready to Unknown and back, so its own time is that of the last try:
 * https://github.com/fluxcd/source-controller/blob/main/docs/spec/v1/gitrepositories.md#conditions
 */
function failingSince(object: CustomObject, ready: Condition): string {
  const longer = conditionsOf(object).filter(({ type, status }) => failing.has(type) && status === 'True');
  return (
    [ready, ...longer]
      .map(({ lastTransitionTime = '' }) => lastTransitionTime)
      .filter((time) => time !== '')
      .toSorted()[0] ?? ''
  );
}

/** So lately that it may pass by itself. What was built and refused does not: that counts from when the object was made. */
function isYoung(snapshot: Snapshot, since: string | undefined): boolean {
  const age = ageOf(snapshot, since);
  return age !== undefined && age < moment;
}

const reconciling = 30 * 60_000;

/** What it waits for is being applied at this moment, so the wait is part of it. */
function waitsForWork(snapshot: Snapshot, object: CustomObject, since: string): boolean {
  if ((ageOf(snapshot, since) ?? Infinity) > reconciling) return false;
  const awaited = declaredDependencies(object).flatMap(({ kind, namespace, name }) =>
    snapshot.custom.filter((o) => o.kind === kind && o.metadata.namespace === namespace && o.metadata.name === name),
  );
  const states = awaited.map((o) => conditionsOf(o).find((c) => c.type === 'Ready')?.status ?? 'Unknown');
  return states.includes('Unknown') && !states.includes('False');
}

function checkObject(snapshot: Snapshot, object: CustomObject): Finding[] {
  const ready = conditionsOf(object).find((c) => c.type === 'Ready');
  if (
    ready?.status !== 'False' ||
    flagAt(object.spec, 'suspend') === true ||
    object.metadata.deletionTimestamp !== undefined
  ) {
    return [];
  }
  const code = codeOf(object, ready);
  const since = failingSince(object, ready);
  const stalled = conditionsOf(object).find((c) => c.type === 'Stalled' && c.status === 'True');
  const ref = refToCustom(object);
  const related = [
    ...declaredDependencies(object),
    ...(code === unhealthy ? [...objectsNamed(ready.message), ...appliedWorkloads(snapshot, object)] : []),
    ...failedHooks(object, ready.message),
    ...lockedReleases(snapshot, object, ready.message),
    ...webhooksNamed(snapshot, ready.message),
    ...unreachedIn(snapshot, ready.message, object.metadata.namespace),
  ];
  return [
    finding(code, {
      object: ref,
      cause: sentence(code, object, ready),
      standing:
        (code === waiting && waitsForWork(snapshot, object, since)) ||
        (stalled === undefined &&
          isYoung(snapshot, code === reconcileFailed || code === unhealthy ? object.metadata.creationTimestamp : since))
          ? 'progressing'
          : 'current',
      since,
      evidence: [fromCondition(ref, ready), ...(stalled === undefined ? [] : [fromCondition(ref, stalled)])],
      because: [...related.map((r) => ({ object: r })), { object: ref, codes: ['api.', 'crd.', 'permission.'] }],
      generic: code === waiting || code === unhealthy,
      nextSteps: code === reconcileFailed ? [...fixedFieldSteps(ready.message), ...code.nextSteps] : code.nextSteps,
    }),
  ];
}

/** Objects of Flux. Suspended ones are as somebody wanted. */
export const flux: Analyzer = {
  name: 'flux',
  codes: [sourceFailed, reconcileFailed, unhealthy, waiting],
  analyze: (snapshot) =>
    snapshot.custom
      .filter((object) => groupOf(object.apiVersion).endsWith('toolkit.fluxcd.io'))
      .flatMap((object) => checkObject(snapshot, object)),
};
