import type { Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { textAt } from '../../reading/json-value.ts';
import { failedRun } from '../../reading/platform/failed-run.ts';
import { said } from '../../reading/said.ts';
import { failed } from './codes.ts';
import { leansOn } from './leans-on.ts';

/** What has an end is a run, and its failure is history. */
const ends = ['completionTimestamp', 'completionTime', 'completedAt', 'finishedAt', 'endTime'];

const runKinds =
  /(?:Run|Job|Backup|Restore|Task|Request|Operation|Snapshot|Scan|Test|Check|Import|Export|Migration|Execution|Workflow|Plan)$/;

/** Whether an object has an end by its nature: then a failure of it stands for no present. */
export function isRun({ kind, status }: CustomObject): boolean {
  return runKinds.test(kind) || ends.some((key) => textAt(status, key) !== '');
}

/** A run whose operator tells of its end in a state, not in a condition. */
export function checkRun(snapshot: Snapshot, object: CustomObject): Finding[] {
  const run = failedRun(snapshot, object);
  if (run === undefined) return [];
  const ref = refToCustom(object);
  return [
    finding(failed, {
      object: ref,
      cause: `${refText(ref)} has failed (${said(run.state, 40)})${run.message === '' ? '' : `: ${said(run.message.replace(/\.\s*$/, ''))}`}.`,
      confidence: 'medium',
      since: run.since,
      evidence: [fromStatus(ref, run.path, run.message === '' ? run.state : `${run.state}: ${run.message}`)],
      because: leansOn(snapshot, object, run.message),
      generic: true,
    }),
  ];
}
