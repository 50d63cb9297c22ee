import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { failureWords } from '../../reading/output/failures/line-failure.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { belowDemand, gpuMemory, lockedMemory, sharedMemory } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = {
  'memory-below-demand': belowDemand,
  'shared-memory': sharedMemory,
  'locked-memory': lockedMemory,
  'gpu-memory': gpuMemory,
};

function memoryLimit({ view }: TroubledContainer): string | undefined {
  return view.spec.resources.limits['memory'];
}

function whatIsLacking(code: CodeEntry, troubled: TroubledContainer): string {
  const limit = memoryLimit(troubled);
  switch (code.code) {
    case belowDemand.code:
      return `refuses to start with the memory that it finds${limit === undefined ? '' : ` (its limit is ${limit})`}`;
    case sharedMemory.code:
      return 'gets less shared memory than it wants';
    case lockedMemory.code:
      return 'may not lock its memory';
    default:
      return 'needs more memory of its GPU than there is';
  }
}

/** Where the limit is what decides, it stands beside the words. */
function limitEvidence(code: CodeEntry, troubled: TroubledContainer): ReturnType<typeof fromSpec>[] {
  const limit = memoryLimit(troubled);
  return code !== belowDemand || limit === undefined
    ? []
    : [fromSpec(troubled.ref, `${troubled.view.path}.resources.limits.memory`, limit)];
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, pod, since } = troubled;
  const code = codeOf[verdict.kind];
  if (code === undefined) return [];
  return [
    finding(code, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${whatIsLacking(code, troubled)}, ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 240)}.`,
      evidence: [fromOutput(ref, view, verdict.line, failureWords(verdict.line)), ...limitEvidence(code, troubled)],
      since,
      confidence: 'high',
      facet: view.spec.name,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

/** Programs that say themselves which memory they want more of: their own, shared, locked, or that of a GPU. */
export const memoryDemand: Analyzer = {
  name: 'memory-demand',
  codes: [belowDemand, sharedMemory, lockedMemory, gpuMemory],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => check(snapshot, troubled)),
};
