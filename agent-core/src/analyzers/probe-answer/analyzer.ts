import { formatDuration } from '@autodevops/domain/duration';
import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { calledInVain, unspokenCauses } from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { probeConsequence, probeEvidence, probeNames } from '../../evidence/probe-evidence.ts';
import { failingProbes } from '../../reading/pods/readiness/failing-probe.ts';
import type { FailingProbe } from '../../reading/pods/readiness/failing-probe.ts';
import { alarmingLine, tellingLine } from '../../reading/output/alarming-line.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { probeText } from '../../reading/pods/readiness/probe-failure.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { tellsWhy } from '../../reading/pods/troubled-container.ts';
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

/** What the command of the probe wrote, after the kubelet's own words. */
function written({ event }: FailingProbe): string {
  const text = event.message.replace(/^\w+ probe (?:failed|errored)(?: and resulted in unknown state)?:?/, '').trim();
  return text === '' ? '' : `; it writes: ${said(text, 200)}`;
}

/** What the program complains of while it answers that it is not ready. */
function complaint({ output }: FailingProbe): string {
  const line = alarmingLine(output);
  return line === undefined ? '' : `; it last says: ${said(tellingPart(line), 160)}`;
}

function sentence(code: CodeEntry, failing: FailingProbe, up: number): string {
  const { probe, failure, port } = failing;
  const name = `the ${probeNames(failing)} (${probeText(probe)})`;
  const then = probeConsequence(failing);
  if (code === nothingListens) {
    return `Nothing listens on port ${port ?? '?'} for ${name} ${formatDuration(up)} after the start, ${then}${complaint(failing)}.`;
  }
  if (code === probeTimeout) {
    return `The program does not answer ${name} within ${probe?.timeoutSeconds ?? 1} s, ${then}.`;
  }
  if (code === unhealthy && failure === 'command-failed') {
    return `The command of ${name} ends with an error, ${then}${written(failing)}.`;
  }
  if (code === unhealthy) {
    return `The program itself answers ${name} that it is not ready, ${then}${complaint(failing)}.`;
  }
  return `The probe of the program, ${name}, fails, ${then}.`;
}

const ofTime = [
  'clock',
  'expired',
  'not yet valid',
  'in the future',
  'used before',
  'skew',
  '"iat"',
  '"nbf"',
  'issued at',
];

/** What a program that says it cannot work leans on: Services behind which nothing is ready, and the clock of its node. */
function because(snapshot: Snapshot, { pod, view, output }: FailingProbe): readonly Because[] {
  const line = alarmingLine(output)?.lower ?? '';
  const node = pod.spec.nodeName;
  const speaksOfTime = output.length === 0 || ofTime.some((words) => line.includes(words));
  const clock =
    node !== undefined && speaksOfTime ? [{ object: refByName('Node', '', node), codes: ['node.clock.'] }] : [];
  const called =
    output.length === 0 ? unspokenCauses(snapshot, pod, view.spec.name) : calledInVain(snapshot, pod, view.spec.name);
  return [...called, ...clock, { object: refTo('Pod', pod), codes: ['node.certificate.'] }];
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
      because:
        code === unhealthy
          ? because(snapshot, failing)
          : [{ object: ref, codes: ['pod.memory.process-killed'], facet: view.spec.name }],
      confidence: code === unhealthy ? 'high' : 'medium',
      generic: code === probeFails || tellsWhy(snapshot, ref, view.spec.name),
      facet: `${view.spec.name} ${failing.names.join('+')}`,
    }),
  ];
}

export const probeAnswer: Analyzer = {
  name: 'probe-answer',
  codes: [unhealthy, nothingListens, probeTimeout, probeFails],
  analyze: (snapshot) => failingProbes(snapshot).flatMap((failing) => check(snapshot, failing)),
};
