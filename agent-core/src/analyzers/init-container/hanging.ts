import type { Confidence } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import type { Because, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { calledInVain } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { awaitedJob } from '../../reading/pods/starting/awaited-job.ts';
import { awaitedTarget } from '../../reading/pods/starting/awaited-target.ts';
import { dependencyOf, targetText } from '../../reading/network/dependency.ts';
import type { Dependency } from '../../reading/network/dependency.ts';
import { environmentOf } from '../../reading/pods/configuration/environment.ts';
import { withoutLogPrefix } from '../../reading/output/log-prefix.ts';
import { outputOf } from '../../reading/output/output-line.ts';
import { alarmingLine } from '../../reading/output/alarming-line.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { tellsWhy } from '../../reading/pods/troubled-container.ts';
import { migrationJobs } from '../../reading/workloads/migration-job.ts';
import { said } from '../../reading/said.ts';
import { initHanging } from './codes.ts';

const waitLoop = 2 * 60_000;
const longWork = 10 * 60_000;

function awaited(snapshot: Snapshot, pod: Pod, view: ContainerView): Dependency | undefined {
  const variables = new Map(
    environmentOf(snapshot, pod, view).flatMap((v) => (v.value === undefined ? [] : [[v.name, v.value] as const])),
  );
  const target = awaitedTarget([...view.spec.command, ...view.spec.args], variables);
  return target === undefined ? undefined : dependencyOf(snapshot, pod.metadata.namespace, target);
}

/** A Job for which the container waits, and how it stands. */
interface Awaited {
  readonly ref: ObjectRef;
  readonly state: 'missing' | 'running' | 'other';
}

function jobOf(snapshot: Snapshot, pod: Pod, view: ContainerView): Awaited | undefined {
  const ref = awaitedJob(snapshot, pod, view);
  if (ref === undefined) return undefined;
  if (snapshot.lacks('Job', ref.namespace, ref.name)) return { ref, state: 'missing' };
  const status = snapshot.get('Job', ref.namespace, ref.name)?.status;
  const isRunning = (status?.active ?? 0) > 0 && (status?.failed ?? 0) === 0;
  return { ref, state: isRunning ? 'running' : 'other' };
}

function waitsForJob({ ref, state }: Awaited): string {
  return state === 'missing'
    ? ` while it waits for Job "${ref.name}", which does not exist in namespace ${ref.namespace}`
    : ` while it waits for Job "${ref.name}"${state === 'running' ? ', which is still at work' : ''}`;
}

function waitsFor(dependency: Dependency | undefined): string {
  if (dependency === undefined) return '';
  const text = targetText(dependency);
  if (dependency.kind === 'missing-service') {
    return ` while it waits for "${text}", and there is no Service "${dependency.ref?.name}" in namespace ${dependency.ref?.namespace}`;
  }
  if (dependency.otherPorts !== undefined) {
    return ` while it waits for "${text}", and Service ${dependency.ref?.name} offers ${dependency.otherPorts.join(', ')}`;
  }
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

/** By its name, its command or its words it waits until somebody has brought the database to its version. */
function migrationsAwaited(snapshot: Snapshot, pod: Pod, view: ContainerView): readonly Because[] {
  const words = [
    view.spec.name,
    ...view.spec.command,
    ...view.spec.args,
    outputOf(snapshot, pod, view, 'current').at(-1)?.lower ?? '',
  ];
  return /migrat|revision|schema/.test(words.join(' '))
    ? migrationJobs(snapshot, pod).map((object) => ({ object, codes: ['job.', 'pod.'] }))
    : [];
}

/** A wrong port is told by the rules of Services too; else what is wrong with the Service, or with the Job, explains the wait. */
function becauseOf(
  snapshot: Snapshot,
  pod: Pod,
  view: ContainerView,
  waited: { dependency: Dependency | undefined; job: Awaited | undefined },
): readonly Because[] {
  const { dependency, job } = waited;
  if (job !== undefined) return [{ object: job.ref }];
  if (dependency?.ref === undefined) {
    return [...calledInVain(snapshot, pod, view.spec.name), ...migrationsAwaited(snapshot, pod, view)];
  }
  return dependency.otherPorts === undefined
    ? [{ object: dependency.ref }]
    : [{ object: refTo('Pod', pod), codes: ['service.port.'] }];
}

function certainty(dependency: Dependency | undefined, job: Awaited | undefined): Confidence {
  if (job !== undefined) return job.state === 'missing' ? 'high' : 'medium';
  if (dependency === undefined) return 'low';
  return dependency.kind === 'missing-service' || dependency.otherPorts !== undefined ? 'high' : 'medium';
}

/** An init container that runs on, where its own words do not tell why. */
export function checkHanging(
  snapshot: Snapshot,
  found: { pod: Pod; view: ContainerView; since: string; up: number },
): Finding[] {
  const { pod, view, since, up } = found;
  const ref = refTo('Pod', pod);
  const job = jobOf(snapshot, pod, view);
  const dependency = job === undefined ? awaited(snapshot, pod, view) : undefined;
  const known = job !== undefined || dependency !== undefined;
  if (up < (known ? waitLoop : longWork) || tellsWhy(snapshot, ref, view.spec.name)) return [];
  const output = outputOf(snapshot, pod, view, 'current');
  const complaint = known ? undefined : alarmingLine(output);
  const line = complaint ?? output.at(-1);
  const command = JSON.stringify([...view.spec.command, ...view.spec.args]);
  const waiting = job === undefined ? waitsFor(dependency) : waitsForJob(job);
  return [
    finding(initHanging, {
      object: ref,
      standing: job?.state === 'running' ? 'progressing' : 'current',
      cause: `Init container "${view.spec.name}" has been running for ${formatDuration(up)}${waiting}, so the containers of the pod do not start${complaint === undefined ? '' : `; it last says: ${said(withoutLogPrefix(complaint.text), 200)}`}.`,
      evidence: [
        fromStatus(ref, `status.initContainerStatuses[name=${view.spec.name}].state.running.startedAt`, since, since),
        ...(known ? [fromSpec(ref, `${view.path}.${view.spec.command.length > 0 ? 'command' : 'args'}`, command)] : []),
        ...(line === undefined ? [] : [fromOutput(ref, view, line)]),
      ],
      since,
      confidence: certainty(dependency, job),
      because: becauseOf(snapshot, pod, view, { dependency, job }),
      nextSteps: [...hints(dependency), ...initHanging.nextSteps],
      facet: view.spec.name,
    }),
  ];
}
