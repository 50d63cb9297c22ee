import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashBeganAt } from '../../reading/pods/crashes/crash-beginning.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { verdictOf } from '../../reading/output/output-verdict.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import { unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { gpuDriver, gpuUnfit, processorTooOld } from './codes.ts';
import { checkGpu, checkGpuStart } from './gpu.ts';

const illegalInstruction = 132;
/** Says more than that an instruction is illegal. */
const namesProcessor =
  /\b(?:cpu|processor)\b.*\b(?:support|lacks?|requires?|instruction)|\brequires? an? (?:cpu|processor)\b/;

function endedEvidence({ ref, view, ended }: CrashingContainer): Evidence {
  const which = view.status?.state.terminated === undefined ? 'lastState' : 'state';
  const statuses = view.init ? 'initContainerStatuses' : 'containerStatuses';
  return fromStatus(
    ref,
    `status.${statuses}[name=${view.spec.name}].${which}.terminated`,
    `${ended?.reason ?? 'Error'}, exit code ${ended?.exitCode ?? ''}`,
    ended?.finishedAt ?? '',
  );
}

/** By the signal of the kernel, or by what the program or its loader says before it gives up. */
function checkProcessor(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { ref, view, ended, output, pod } = crash;
  const signalled = ended?.exitCode === illegalInstruction || ended?.signal === illegalInstruction - 128;
  const verdict = verdictOf(output);
  const told =
    verdict?.kind === 'processor'
      ? (output.findLast(({ lower }) => namesProcessor.test(lower)) ?? verdict.line)
      : undefined;
  // Swift and others end themselves by this signal, after words of their own.
  if (ended?.exitCode === 0 || (told === undefined && (!signalled || verdict !== undefined))) return [];
  const node = pod.spec.nodeName ?? 'its node';
  const words = told === undefined ? '' : `: ${said(told.text, 200)}`;
  return [
    finding(processorTooOld, {
      object: ref,
      cause: `Container "${view.spec.name}" needs an instruction that the processor of node ${node} does not have${signalled ? `, and ends with exit code ${illegalInstruction} (SIGILL)` : ''}${words}.`,
      evidence: [...(told === undefined ? [] : [fromOutput(ref, view, told)]), endedEvidence(crash)],
      since: crashBeganAt(snapshot, crash),
      confidence: told === undefined ? 'medium' : 'high',
      facet: view.spec.name,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

/** What a program needs of the machine itself: instructions of its processor, the driver of its GPU. */
export const nodeHardware: Analyzer = {
  name: 'node-hardware',
  codes: [processorTooOld, gpuDriver, gpuUnfit],
  analyze: (snapshot) => [
    ...crashingContainers(snapshot).flatMap((crash) => checkProcessor(snapshot, crash)),
    ...troubledContainers(snapshot).flatMap((troubled) => checkGpu(snapshot, troubled)),
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkGpuStart(snapshot, unstarted)),
  ],
};
