import { formatDuration } from '@autodevops/domain/duration';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import { oneLine } from '@autodevops/domain/printable';
import { redact } from '@autodevops/domain/redact';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { awaitedTarget } from '../../reading/awaited-target.ts';
import { crashBeganAt } from '../../reading/crash-beginning.ts';
import { crashingContainers, runLength } from '../../reading/crashing-container.ts';
import type { CrashingContainer } from '../../reading/crashing-container.ts';
import { dependencyOf, targetText } from '../../reading/dependency.ts';
import type { Dependency } from '../../reading/dependency.ts';
import { environmentOf } from '../../reading/environment.ts';
import { exitText } from '../../reading/exit-code.ts';
import { outputOf } from '../../reading/output-line.ts';
import { tellingLine, verdictOf } from '../../reading/output-verdict.ts';
import type { ContainerView } from '../../reading/pod-status.ts';
import { undoChanges } from '../../reading/previous-revision.ts';
import { hangingInits, tellsWhy } from '../../reading/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { initFailing, initHanging } from './codes.ts';

function checkFailing(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { ref, view, ended, ending, output, restarts, pod } = crash;
  if (!view.init || view.sidecar || ending !== 'failed' || ended === undefined || verdictOf(output) !== undefined) return [];
  const line = tellingLine(output);
  const length = runLength(ended);
  const after = length === undefined ? '' : ` after ${formatDuration(length)}`;
  const words = line === undefined ? '' : `; it last says: ${oneLine(redact(line.text), 160)}`;
  const which = view.status?.state.terminated === undefined ? 'lastState' : 'state';
  return [
    finding(initFailing, {
      object: ref,
      cause: `Init container "${view.spec.name}" ends with ${exitText(ended)}${after}, ${restarts} ${restarts === 1 ? 'restart' : 'restarts'} so far, so the containers of the pod do not start${words}`.replace(/\.?$/, '.'),
      evidence: [
        ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
        fromStatus(ref, `status.initContainerStatuses[name=${view.spec.name}].${which}.terminated`, `${ended.reason ?? 'Error'}, exit code ${ended.exitCode ?? '?'}`, ended.finishedAt ?? ''),
      ],
      since: crashBeganAt(snapshot, crash),
      confidence: 'medium',
      facet: view.spec.name,
      generic: true,
      changes: undoChanges(snapshot, pod),
    }),
  ];
}

const waitLoop = 2 * 60_000;
const longWork = 10 * 60_000;

function awaited(snapshot: Snapshot, pod: Pod, view: ContainerView): Dependency | undefined {
  const variables = new Map(environmentOf(snapshot, pod, view).flatMap((v) => (v.value === undefined ? [] : [[v.name, v.value] as const])));
  const target = awaitedTarget([...view.spec.command, ...view.spec.args], variables);
  return target === undefined ? undefined : dependencyOf(snapshot, pod.metadata.namespace, target);
}

function waitsFor(dependency: Dependency | undefined): string {
  if (dependency === undefined) return '';
  const text = targetText(dependency);
  if (dependency.kind === 'missing-service') return ` while it waits for "${text}", and there is no Service "${dependency.ref?.name}" in namespace ${dependency.ref?.namespace}`;
  if (dependency.otherPorts !== undefined) return ` while it waits for "${text}", and Service ${dependency.ref?.name} offers ${dependency.otherPorts.join(', ')}`;
  return ` while it waits for "${text}"`;
}

function hints(dependency: Dependency | undefined): string[] {
  const { alike = [], elsewhere = [], ref, otherPorts } = dependency ?? {};
  const steps: string[] = [];
  if (otherPorts !== undefined) steps.push(`Wait for port ${otherPorts.join(' or ')} of Service ${ref?.name}.`);
  if (alike.length > 0) steps.push(`Check the spelling: the namespace has ${alike.map((n) => `"${n}"`).join(', ')}.`);
  if (elsewhere.length > 0) steps.push(`Name it with its namespace: "${ref?.name}.${elsewhere[0]}".`);
  return steps;
}

function checkHanging(snapshot: Snapshot, found: { pod: Pod; view: ContainerView; since: string; up: number }): Finding[] {
  const { pod, view, since, up } = found;
  const ref = refTo('Pod', pod);
  const dependency = awaited(snapshot, pod, view);
  if (up < (dependency === undefined ? longWork : waitLoop) || tellsWhy(snapshot, ref, view.spec.name)) return [];
  const line = outputOf(snapshot, pod, view, 'current').at(-1);
  const command = JSON.stringify([...view.spec.command, ...view.spec.args]);
  return [
    finding(initHanging, {
      object: ref,
      cause: `Init container "${view.spec.name}" has been running for ${formatDuration(up)}${waitsFor(dependency)}, so the containers of the pod do not start.`,
      evidence: [
        fromStatus(ref, `status.initContainerStatuses[name=${view.spec.name}].state.running.startedAt`, since, since),
        ...(dependency === undefined ? [] : [fromSpec(ref, `${view.path}.${view.spec.command.length > 0 ? 'command' : 'args'}`, command)]),
        ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
      ],
      since,
      confidence: dependency === undefined ? 'low' : dependency.kind === 'missing-service' || dependency.otherPorts !== undefined ? 'high' : 'medium',
      // A wrong port is told by the rules of Services too; else what is wrong with the Service explains the wait.
      because: dependency?.ref === undefined ? [] : dependency.otherPorts === undefined ? [{ object: dependency.ref }] : [{ object: ref, codes: ['service.port.'] }],
      nextSteps: [...hints(dependency), ...initHanging.nextSteps],
      facet: view.spec.name,
    }),
  ];
}

export const initContainer: Analyzer = {
  name: 'init-container',
  kinds: ['Pod'],
  codes: [initFailing, initHanging],
  analyze: (snapshot) => [
    ...crashingContainers(snapshot).flatMap((crash) => checkFailing(snapshot, crash)),
    ...hangingInits(snapshot).flatMap((found) => checkHanging(snapshot, found)),
  ],
};
