import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { lastComplaint } from '../../reading/output/last-complaint.ts';
import { withoutLogPrefix } from '../../reading/output/log-prefix.ts';
import { ageOf, newestEvents } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import { scheduledCondition } from '../../reading/scheduling/unscheduled-pod.ts';
import { notScheduled, schedulerSilent, schedulerUnknown } from './codes.ts';

const patience = 2 * 60_000;
const usual = 'default-scheduler';

function schedulerOf(pod: Pod): string {
  return pod.spec.schedulerName === undefined || pod.spec.schedulerName === '' ? usual : pod.spec.schedulerName;
}

/** Nobody has said anything about the pod for longer than a busy scheduler needs. */
function isIgnored(snapshot: Snapshot, pod: Pod): boolean {
  if (scheduledCondition(pod) !== undefined || pod.spec.schedulingGates.length > 0) return false;
  if ((ageOf(snapshot, pod.metadata.creationTimestamp) ?? 0) < patience) return false;
  return newestEvents(snapshot, refTo('Pod', pod), 'FailedScheduling', 'Scheduled').length === 0;
}

function schedulerPods(snapshot: Snapshot): readonly Pod[] {
  return snapshot.listIn('Pod', 'kube-system').filter((pod) => pod.metadata.labels['component'] === 'kube-scheduler');
}

/** Renewed within a minute: the scheduler lives. Undefined when there is no such lease to see. */
function leaseIsFresh(snapshot: Snapshot): boolean | undefined {
  const renewed = snapshot.get('Lease', 'kube-system', 'kube-scheduler')?.spec.renewTime;
  const age = ageOf(snapshot, renewed);
  return age === undefined ? undefined : age < 60_000;
}

function checkUsual(snapshot: Snapshot, ignored: readonly Pod[]): readonly Finding[] {
  const oldest = ignored.toSorted((a, b) =>
    (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''),
  )[0];
  const fresh = leaseIsFresh(snapshot);
  if (oldest === undefined || fresh === true) return [];
  const components = schedulerPods(snapshot);
  const lease = snapshot.get('Lease', 'kube-system', 'kube-scheduler');
  const [component] = components;
  const object: ObjectRef =
    component === undefined ? refByName('Lease', 'kube-system', 'kube-scheduler') : refTo('Pod', component);
  const renewed = lease?.spec.renewTime;
  const waited = formatDuration(ageOf(snapshot, oldest.metadata.creationTimestamp) ?? 0);
  const stale =
    fresh === false ? `, and its lease was renewed last ${formatDuration(ageOf(snapshot, renewed) ?? 0)} ago` : '';
  const complaint = component === undefined ? undefined : lastComplaint(snapshot, component, 'any');
  const silent = finding(schedulerSilent, {
    object,
    confidence: fresh === false ? 'high' : 'medium',
    cause: `The scheduler has said nothing about ${ignored.length === 1 ? `pod ${oldest.metadata.namespace}/${oldest.metadata.name}` : `${ignored.length} pods`} for up to ${waited}${stale}${complaint === undefined ? '' : `. It says: ${said(withoutLogPrefix(complaint.line.text), 200)}`}.`,
    since: renewed ?? oldest.metadata.creationTimestamp ?? '',
    evidence: [
      fromStatus(
        refTo('Pod', oldest),
        'status.phase',
        `${oldest.status.phase ?? 'Pending'}, no PodScheduled condition`,
        oldest.metadata.creationTimestamp ?? '',
      ),
      ...(lease === undefined ? [] : [fromSpec(refTo('Lease', lease), 'spec.renewTime', renewed ?? '')]),
      ...(complaint === undefined ? [] : [fromOutput(object, complaint.view, complaint.line)]),
    ],
    because: components.map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.', 'control-plane.component'] })),
  });
  const each = ignored.map((pod) =>
    finding(notScheduled, {
      object: refTo('Pod', pod),
      cause: `Pod waits for a node since ${formatDuration(ageOf(snapshot, pod.metadata.creationTimestamp) ?? 0)} and the scheduler has said nothing about it.`,
      since: pod.metadata.creationTimestamp ?? '',
      evidence: [
        fromStatus(refTo('Pod', pod), 'status.phase', `${pod.status.phase ?? 'Pending'}, no PodScheduled condition`),
      ],
      generic: true,
      because: [{ object, codes: ['control-plane.', 'pod.'] }],
    }),
  );
  return [silent, ...each];
}

/** Workloads that carry the scheduler's name: if they are broken, they explain it. */
function namesakes(snapshot: Snapshot, scheduler: string): readonly ObjectRef[] {
  return snapshot
    .list('Deployment')
    .filter((d) => d.metadata.name === scheduler)
    .map((d) => refTo('Deployment', d));
}

function checkNamed(snapshot: Snapshot, pod: Pod, served: ReadonlySet<string>): readonly Finding[] {
  const scheduler = schedulerOf(pod);
  if (served.has(scheduler)) return [];
  const ref = refTo('Pod', pod);
  const near = nearMatches(scheduler, [...served, usual]);
  const runners = namesakes(snapshot, scheduler);
  const hint =
    runners.length > 0
      ? ', though there is a Deployment of that name'
      : near.length > 0
        ? `; there is ${near.join(', ')}`
        : '';
  return [
    finding(schedulerUnknown, {
      object: ref,
      cause: `Pod asks for scheduler "${scheduler}", which has said nothing about it for ${formatDuration(ageOf(snapshot, pod.metadata.creationTimestamp) ?? 0)}${hint}.`,
      since: pod.metadata.creationTimestamp ?? '',
      evidence: [
        fromSpec(ref, 'spec.schedulerName', scheduler),
        fromStatus(ref, 'status.phase', `${pod.status.phase ?? 'Pending'}, no PodScheduled condition`),
      ],
      facet: scheduler,
      because: runners.map((object) => ({ object })),
    }),
  ];
}

/** Schedulers that have placed a pod or hold a fresh lease. */
function servedSchedulers(snapshot: Snapshot): ReadonlySet<string> {
  const served = new Set<string>();
  for (const pod of snapshot.list('Pod')) {
    if ((pod.spec.nodeName ?? '') !== '' || scheduledCondition(pod) !== undefined) served.add(schedulerOf(pod));
  }
  for (const lease of snapshot.list('Lease')) {
    if ((ageOf(snapshot, lease.spec.renewTime) ?? Infinity) < 60_000) served.add(lease.metadata.name);
  }
  return served;
}

/** Pods that no scheduler has looked at. */
export function checkSilent(snapshot: Snapshot, waiting: readonly Pod[]): readonly Finding[] {
  const ignored = waiting.filter((pod) => isIgnored(snapshot, pod));
  if (ignored.length === 0) return [];
  const served = servedSchedulers(snapshot);
  const forUsual = ignored.filter((pod) => schedulerOf(pod) === usual);
  const named = ignored.filter((pod) => schedulerOf(pod) !== usual);
  return [...checkUsual(snapshot, forUsual), ...named.flatMap((pod) => checkNamed(snapshot, pod, served))];
}
