import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { textAt } from '../json-value.ts';
import { ageOf } from '../recency.ts';
import { groupOf } from './custom-objects.ts';

/** A run of a data-processing operator that has failed for good, in the operator's own words. */
export interface FailedRun {
  readonly path: string;
  readonly state: string;
  /** What it says beside it; may be empty. */
  readonly message: string;
  /** Empty where it does not say when. */
  readonly since: string;
}

interface Words {
  readonly state: readonly string[];
  readonly failed: ReadonlySet<string>;
  readonly message: readonly (readonly string[])[];
  readonly ended: readonly (readonly string[])[];
}

/** These operators give a state in place of conditions. */
const wordsOf: Readonly<Record<string, Words>> = {
  'sparkoperator.k8s.io/SparkApplication': {
    state: ['applicationState', 'state'],
    failed: new Set(['FAILED', 'SUBMISSION_FAILED']),
    message: [['applicationState', 'errorMessage']],
    ended: [['terminationTime'], ['lastSubmissionAttemptTime']],
  },
  'flink.apache.org/FlinkDeployment': {
    state: ['jobStatus', 'state'],
    failed: new Set(['FAILED']),
    message: [['error']],
    ended: [['jobStatus', 'updateTime']],
  },
  'flink.apache.org/FlinkSessionJob': {
    state: ['jobStatus', 'state'],
    failed: new Set(['FAILED']),
    message: [['error']],
    ended: [['jobStatus', 'updateTime']],
  },
  'ray.io/RayJob': {
    state: ['jobStatus'],
    failed: new Set(['FAILED']),
    message: [['message'], ['reason']],
    ended: [['endTime']],
  },
};

const day = 24 * 60 * 60_000;

function firstText(object: CustomObject, paths: readonly (readonly string[])[]): string {
  return paths.map((path) => textAt(object.status, ...path)).find((text) => text !== '' && text !== 'null') ?? '';
}

/** Failed within a day: what failed long ago and was left is history. */
export function failedRun(snapshot: Snapshot, object: CustomObject): FailedRun | undefined {
  const words = wordsOf[`${groupOf(object.apiVersion)}/${object.kind}`];
  const state = words === undefined ? '' : textAt(object.status, ...words.state);
  if (words === undefined || !words.failed.has(state) || object.metadata.deletionTimestamp !== undefined) {
    return undefined;
  }
  const stamp = firstText(object, words.ended);
  // Flink writes milliseconds since 1970.
  const since = /^\d{13}$/.test(stamp) ? new Date(Number(stamp)).toISOString() : stamp;
  if ((ageOf(snapshot, since === '' ? object.metadata.creationTimestamp : since) ?? 0) > day) return undefined;
  return { path: `status.${words.state.join('.')}`, state, message: firstText(object, words.message), since };
}
