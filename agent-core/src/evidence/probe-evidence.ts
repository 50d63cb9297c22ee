import type { Evidence } from '@autodevops/domain/diagnosis';
import type { FailingProbe } from '../reading/pods/readiness/failing-probe.ts';
import { messageEnd } from '../reading/long-message.ts';
import { probeField, probeText } from '../reading/pods/readiness/probe-failure.ts';
import { fromEvent, fromSpec } from './finding.ts';
import { fromOutput } from './output-evidence.ts';

/** The kubelet's words, the probe as it is written, and where the program says that it listens. */
export function probeEvidence(failing: FailingProbe): Evidence[] {
  const { ref, view, event, names, probe, heard } = failing;
  const quoted = [fromEvent({ ...event, message: messageEnd(event.message) })];
  const field = probeField(names[0] ?? 'readiness');
  if (probe !== undefined) quoted.push(fromSpec(ref, `${view.path}.${field}`, probeText(probe)));
  if (heard !== undefined) quoted.push(fromOutput(ref, view, heard.line));
  return quoted;
}

/** `readiness probe`, `readiness and liveness probe`. */
export function probeNames({ names }: FailingProbe): string {
  return `${names.join(' and ')} probe`;
}

/** What follows for the container: `so container "app" is restarted`. */
export function probeConsequence({ view, killed }: FailingProbe): string {
  if (killed !== undefined) {
    return `so the kubelet restarts container "${view.spec.name}" (${killed.restarts} ${killed.restarts === 1 ? 'time' : 'times'} so far)`;
  }
  return `so container "${view.spec.name}" is not ready`;
}
