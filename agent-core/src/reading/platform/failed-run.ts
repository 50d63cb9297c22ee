import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { textAt } from '../json-value.ts';
import { rootOfTrace } from './deeper-words.ts';
import { ageOf } from '../recency.ts';

/** A run of an operator that has failed for good, in the operator's own words. */
export interface FailedRun {
  readonly path: string;
  readonly state: string;
  /** What it says beside it; may be empty. */
  readonly message: string;
  /** Empty where it does not say when. */
  readonly since: string;
}

interface Words {
  /** Where it may say how it is; the first that says it has failed counts. */
  readonly states: readonly (readonly string[])[];
  readonly failed: ReadonlySet<string>;
  readonly message: readonly (readonly string[])[];
  readonly ended: readonly (readonly string[])[];
}

/** These operators give a state in place of conditions. */
const wordsOf: Readonly<Record<string, Words>> = {
  'sparkoperator.k8s.io/SparkApplication': {
    states: [['applicationState', 'state']],
    failed: new Set(['FAILED', 'SUBMISSION_FAILED']),
    message: [['applicationState', 'errorMessage']],
    ended: [['terminationTime'], ['lastSubmissionAttemptTime']],
  },
  'flink.apache.org/FlinkDeployment': {
    states: [['jobStatus', 'state'], ['lifecycleState']],
    failed: new Set(['FAILED']),
    message: [['error']],
    ended: [['jobStatus', 'updateTime']],
  },
  'flink.apache.org/FlinkSessionJob': {
    states: [['jobStatus', 'state'], ['lifecycleState']],
    failed: new Set(['FAILED']),
    message: [['error']],
    ended: [['jobStatus', 'updateTime']],
  },
  'ray.io/RayJob': {
    states: [['jobStatus']],
    failed: new Set(['FAILED']),
    message: [['message'], ['reason']],
    ended: [['endTime']],
  },
  // `Failed` is what a step of somebody ends with; `Error` tells of the engine or of what it stores results in.
  'argoproj.io/Workflow': {
    states: [['phase']],
    failed: new Set(['Error']),
    message: [['message']],
    ended: [['finishedAt']],
  },
  'actions.github.com/EphemeralRunner': {
    states: [['phase']],
    failed: new Set(['Failed']),
    message: [['message'], ['reason']],
    ended: [],
  },
};

const day = 24 * 60 * 60_000;

function firstText(object: CustomObject, paths: readonly (readonly string[])[]): string {
  return paths.map((path) => textAt(object.status, ...path)).find((text) => text !== '' && text !== 'null') ?? '';
}

/** Failed within a day: what failed long ago and was left is history. */
export function failedRun(snapshot: Snapshot, object: CustomObject): FailedRun | undefined {
  const words = wordsOf[`${groupOf(object.apiVersion)}/${object.kind}`];
  const path = words?.states.find((at) => words.failed.has(textAt(object.status, ...at)));
  if (words === undefined || path === undefined || object.metadata.deletionTimestamp !== undefined) return undefined;
  const stamp = firstText(object, words.ended);
  // Flink writes milliseconds since 1970.
  const since = /^\d{13}$/.test(stamp) ? new Date(Number(stamp)).toISOString() : stamp;
  if ((ageOf(snapshot, since === '' ? object.metadata.creationTimestamp : since) ?? 0) > day) return undefined;
  const message = rootOfTrace(firstText(object, words.message));
  return { path: `status.${path.join('.')}`, state: textAt(object.status, ...path), message, since };
}
