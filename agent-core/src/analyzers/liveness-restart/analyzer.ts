import type { ProposedChange } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { probeEvidence } from '../../evidence/probe-evidence.ts';
import { runLength } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { failingProbes } from '../../reading/pods/readiness/failing-probe.ts';
import type { FailingProbe } from '../../reading/pods/readiness/failing-probe.ts';
import { listeningPorts } from '../../reading/output/listening-port.ts';
import { tellingLine } from '../../reading/output/alarming-line.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { probeText } from '../../reading/pods/readiness/probe-failure.ts';
import { probeBudget } from '../../reading/pods/readiness/probe-budget.ts';
import { tellsWhy } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { killedByLiveness, startBudgetExceeded, startTooSlow } from './codes.ts';

/** What is wrong with the probe itself is told by the rules of its target. */
const ownWays = new Set<FailingProbe['failure']>([
  'refused',
  'timeout',
  'server-error',
  'not-serving',
  'command-failed',
  'cut-off',
  'other',
]);

/** Killed at the first moment at which the probe may kill: it never answered. */
function neverServed(failing: FailingProbe, killed: CrashingContainer): boolean {
  const { pod, view, failure, port } = failing;
  if (view.spec.startupProbe !== undefined || (failure !== 'refused' && failure !== 'timeout')) return false;
  // A command that runs and takes too long says nothing of the start: it may never be quick enough.
  if (failure === 'timeout' && failing.probe?.exec !== undefined) return false;
  if (listeningPorts(killed.output).some((heard) => heard.port === port)) return false;
  const length = runLength(killed.ended);
  const grace = (pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  const period = (failing.probe?.periodSeconds ?? 10) * 1000;
  return length !== undefined && length <= probeBudget(failing.probe) + grace + period + 5000;
}

function codeFor(failing: FailingProbe, killed: CrashingContainer): CodeEntry {
  if (failing.names.includes('startup')) return startBudgetExceeded;
  return neverServed(failing, killed) ? startTooSlow : killedByLiveness;
}

function sentence(code: CodeEntry, failing: FailingProbe, killed: CrashingContainer): string {
  const { view, probe } = failing;
  const length = runLength(killed.ended);
  const after = length === undefined ? '' : ` ${formatDuration(length)} after its start`;
  const times = `${killed.restarts} ${killed.restarts === 1 ? 'restart' : 'restarts'} so far`;
  const who = `Container "${view.spec.name}"`;
  if (code === startBudgetExceeded) {
    return `${who} does not answer its startup probe (${probeText(probe)}) within the ${formatDuration(probeBudget(probe))} that the probe allows, and is killed (${times}).`;
  }
  if (code === startTooSlow) {
    return `${who} is killed by its liveness probe (${probeText(probe)})${after}, before it has begun to answer; it has no startup probe (${times}).`;
  }
  if (failing.failure === 'timeout') {
    return `${who} does not answer its liveness probe (${probeText(probe)}) within ${probe?.timeoutSeconds ?? 1} s, and is killed${after} (${times}).`;
  }
  return `${who} stops answering its liveness probe (${probeText(probe)}) and is killed${after} (${times}).`;
}

/** One second is Kubernetes' own value where none is given; a command has to start within it, too. */
function timeoutSteps({ probe, view }: FailingProbe): readonly string[] {
  const seconds = probe?.timeoutSeconds ?? 1;
  if (seconds > 2) return [];
  const cpu = view.spec.resources.limits['cpu'];
  const starved = cpu === undefined ? '' : ` and see whether its CPU limit of ${cpu} throttles it`;
  return [
    `Give the probe more time (timeoutSeconds: ${probe?.exec === undefined ? 5 : 10})${starved}: ${seconds} s is short${probe?.exec === undefined ? ' under load' : ' for a command under load'}.`,
  ];
}

/** In seconds. A startup probe ends with its first success, so patience costs nothing where the start is quick. */
const startBudget = 300;

/** A startup probe with the check of the liveness probe, and five minutes or ten times its patience. */
function addStartupProbe(snapshot: Snapshot, failing: FailingProbe): readonly ProposedChange[] {
  const { view, probe, pod } = failing;
  const periodSeconds = probe?.periodSeconds ?? 10;
  const failureThreshold = Math.min(
    360,
    Math.max((probe?.failureThreshold ?? 3) * 10, Math.ceil(startBudget / periodSeconds)),
  );
  const params = {
    container: view.spec.name,
    probe: 'startupProbe',
    copyOf: 'livenessProbe',
    failureThreshold,
    periodSeconds,
  };
  return [{ action: 'patch-probe', target: workloadOf(snapshot, pod), params, risk: 'low' }];
}

function check(snapshot: Snapshot, failing: FailingProbe): Finding[] {
  const { killed, ref, view, since, event } = failing;
  if (killed === undefined || !ownWays.has(failing.failure)) return [];
  const code = codeFor(failing, killed);
  const line = tellingLine(killed.output);
  const kill = killed.killing === undefined || killed.killing === event ? [] : [fromEvent(killed.killing)];
  const budget =
    code === killedByLiveness
      ? []
      : [
          fromSpec(
            ref,
            `${view.path}.${failing.names[0] ?? 'liveness'}Probe.failureThreshold`,
            String(failing.probe?.failureThreshold ?? 3),
          ),
        ];
  return [
    finding(code, {
      object: ref,
      cause: sentence(code, failing, killed),
      evidence: [
        ...kill,
        ...probeEvidence(failing),
        ...budget,
        ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
      ],
      since,
      confidence: code === startTooSlow ? 'medium' : 'high',
      nextSteps:
        code === killedByLiveness && failing.failure === 'timeout'
          ? [...timeoutSteps(failing), ...code.nextSteps]
          : code.nextSteps,
      generic: tellsWhy(snapshot, ref, view.spec.name),
      because: [{ object: ref, codes: ['permission.cloud.'] }],
      facet: view.spec.name,
      changes: code === startTooSlow ? addStartupProbe(snapshot, failing) : [],
    }),
  ];
}

export const livenessRestart: Analyzer = {
  name: 'liveness-restart',
  codes: [killedByLiveness, startTooSlow, startBudgetExceeded],
  analyze: (snapshot) => failingProbes(snapshot).flatMap((failing) => check(snapshot, failing)),
};
