import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashingContainers, runLength } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { exitText } from '../../reading/pods/crashes/exit-code.ts';
import { tellingLine } from '../../reading/output/alarming-line.ts';
import { verdictOf } from '../../reading/output/output-verdict.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { hangingInits } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { initFailing, initHanging } from './codes.ts';
import { checkHanging } from './hanging.ts';

function checkFailing(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { ref, view, ended, ending, output, restarts, pod } = crash;
  if (!view.init || view.sidecar || ending !== 'failed' || ended === undefined || verdictOf(output) !== undefined) {
    return [];
  }
  const line = tellingLine(output);
  const length = runLength(ended);
  const after = length === undefined ? '' : ` after ${formatDuration(length)}`;
  const words = line === undefined ? '' : `; it last says: ${oneLine(redact(line.text), 160)}`;
  const which = view.status?.state.terminated === undefined ? 'lastState' : 'state';
  return [
    finding(initFailing, {
      object: ref,
      cause:
        `Init container "${view.spec.name}" ends with ${exitText(ended)}${after}, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'} so far, so the containers of the pod do not start${words}`.replace(
          /\.?$/,
          '.',
        ),
      evidence: [
        ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
        fromStatus(
          ref,
          `status.initContainerStatuses[name=${view.spec.name}].${which}.terminated`,
          `${ended.reason ?? 'Error'}, exit code ${ended.exitCode ?? '?'}`,
          ended.finishedAt ?? '',
        ),
      ],
      since: crashBeganAt(snapshot, crash),
      confidence: 'medium',
      facet: view.spec.name,
      generic: true,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

export const initContainer: Analyzer = {
  name: 'init-container',
  codes: [initFailing, initHanging],
  analyze: (snapshot) => [
    ...crashingContainers(snapshot).flatMap((crash) => checkFailing(snapshot, crash)),
    ...hangingInits(snapshot).flatMap((found) => checkHanging(snapshot, found)),
  ],
};
