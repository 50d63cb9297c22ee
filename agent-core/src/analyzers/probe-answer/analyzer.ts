import { formatDuration } from '@autodevops/domain/duration';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { probeConsequence, probeEvidence, probeNames } from '../../evidence/probe-evidence.ts';
import { failingProbes } from '../../reading/failing-probe.ts';
import type { FailingProbe } from '../../reading/failing-probe.ts';
import { tellingLine } from '../../reading/output-verdict.ts';
import { probeText } from '../../reading/probe-failure.ts';
import { ageOf } from '../../reading/recency.ts';
import { tellsWhy } from '../../reading/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { nothingListens, probeFails, probeTimeout, unhealthy } from './codes.ts';

const codeOf: Partial<Record<FailingProbe['failure'], CodeEntry>> = {
  refused: nothingListens,
  'server-error': unhealthy,
  'not-serving': unhealthy,
  'command-failed': unhealthy,
  timeout: probeTimeout,
  'cut-off': probeFails,
  other: probeFails,
};

function sentence(code: CodeEntry, failing: FailingProbe, up: number): string {
  const { probe, failure, port } = failing;
  const name = `the ${probeNames(failing)} (${probeText(probe)})`;
  const then = probeConsequence(failing);
  if (code === nothingListens) return `Nothing listens on port ${port ?? '?'} for ${name} ${formatDuration(up)} after the start, ${then}.`;
  if (code === probeTimeout) return `The program does not answer ${name} within ${probe?.timeoutSeconds ?? 1} s, ${then}.`;
  if (code === unhealthy && failure === 'command-failed') return `The command of ${name} ends with an error, ${then}.`;
  if (code === unhealthy) return `The program itself answers ${name} that it is not ready, ${then}.`;
  return `The probe of the program, ${name}, fails, ${then}.`;
}

function check(snapshot: Snapshot, failing: FailingProbe): Finding[] {
  const code = failing.killed === undefined ? codeOf[failing.failure] : undefined;
  // A liveness probe that fails and has not killed yet is told once it does.
  if (code === undefined || failing.names.every((name) => name === 'liveness')) return [];
  const { ref, view, output, since } = failing;
  const line = tellingLine(output);
  const up = ageOf(snapshot, view.status?.state.running?.startedAt) ?? 0;
  return [
    finding(code, {
      object: ref,
      cause: sentence(code, failing, up),
      evidence: [...probeEvidence(failing), ...(line === undefined ? [] : [fromOutput(ref, view, line)])],
      since,
      confidence: code === unhealthy ? 'high' : 'medium',
      generic: code === probeFails || tellsWhy(snapshot, ref, view.spec.name),
      facet: `${view.spec.name} ${failing.names.join('+')}`,
    }),
  ];
}

export const probeAnswer: Analyzer = {
  name: 'probe-answer',
  kinds: ['Pod', 'Event'],
  codes: [unhealthy, nothingListens, probeTimeout, probeFails],
  analyze: (snapshot) => failingProbes(snapshot).flatMap((failing) => check(snapshot, failing)),
};
