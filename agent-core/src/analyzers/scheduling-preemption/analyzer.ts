import type { Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { schedulerEvidence } from '../../evidence/unscheduled-finding.ts';
import { controllerOf, workloadOf } from '../../reading/workloads/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isRecent } from '../../reading/recency.ts';
import { unscheduledPods } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import type { Analyzer } from '../analyzer.ts';
import { preempted } from './codes.ts';

/** `web-7d4b9c` of `web-7d4b9c-x8k2p`: the controller's name in a generated pod name; a StatefulSet's pod keeps its own. */
function generatedFrom(name: string): string {
  const dash = name.lastIndexOf('-');
  return dash <= 0 ? name : name.slice(0, dash);
}

const podsByUid = perSnapshot((snapshot) => new Map(snapshot.list('Pod').map((pod) => [pod.metadata.uid, pod])));

function preemptor(snapshot: Snapshot, event: ClusterEvent): Pod | undefined {
  const words = event.message.split(' ');
  const by = words[words.indexOf('by') + 1] === 'pod' ? words[words.indexOf('by') + 2] : words[words.indexOf('by') + 1];
  if (by === undefined || by === '') return undefined;
  const [namespace = '', name = ''] = by.includes('/') ? by.split('/') : ['', ''];
  return name === '' ? podsByUid(snapshot).get(by) : snapshot.get('Pod', namespace, name);
}

function newcomerText(pod: Pod | undefined): string {
  if (pod === undefined) return 'a pod of higher priority';
  const priority = pod.spec.priorityClassName ?? (pod.spec.priority === undefined ? '' : String(pod.spec.priority));
  return `pod ${pod.metadata.namespace}/${pod.metadata.name}${priority === '' ? '' : ` (priority ${priority})`}`;
}

/** Below zero is below every pod that names no priority: its owner wants it to make room, as a place holder does. */
function standingOf(waiting: UnscheduledPod | undefined): Finding['standing'] {
  if (waiting === undefined) return 'recovered';
  return (waiting.pod.spec.priority ?? 0) < 0 ? 'expected' : 'current';
}

function report(
  snapshot: Snapshot,
  event: ClusterEvent,
  context: { object: ObjectRef; waiting: UnscheduledPod | undefined },
): Finding {
  const { object, waiting } = context;
  const newcomer = preemptor(snapshot, event);
  const after =
    waiting === undefined
      ? ''
      : `, and ${waiting.pod.metadata.name === event.object.name ? 'it' : 'its replacement'} finds no room`;
  return finding(preempted, {
    object,
    standing: standingOf(waiting),
    confidence: 'high',
    cause: `Pod ${event.object.namespace}/${event.object.name} had to make room for ${newcomerText(newcomer)}${after}.`,
    since: event.first ?? event.last ?? '',
    evidence: [
      fromEvent(event),
      ...(newcomer === undefined
        ? []
        : [fromSpec(refTo('Pod', newcomer), 'spec.priority', String(newcomer.spec.priority ?? 0))]),
      ...(waiting === undefined ? [] : schedulerEvidence(snapshot, waiting)),
    ],
  });
}

/** Waiting pods by their own name and by their controller's. */
function indexWaiting(snapshot: Snapshot): ReadonlyMap<string, UnscheduledPod> {
  const index = new Map<string, UnscheduledPod>();
  for (const waiting of unscheduledPods(snapshot)) {
    const { namespace, name } = waiting.pod.metadata;
    index.set(`${namespace}/${name}`, waiting);
    const owner = controllerOf(waiting.pod);
    if (owner !== undefined && owner.kind !== 'StatefulSet') index.set(`${namespace}/${owner.name}`, waiting);
  }
  return index;
}

/** The workload of a pod that is gone, by its ReplicaSet's name; else the pod. */
function objectOf(snapshot: Snapshot, event: ClusterEvent, waiting: UnscheduledPod | undefined): ObjectRef {
  if (waiting !== undefined) return waiting.ref;
  const { namespace, name } = event.object;
  const present = snapshot.get('Pod', namespace, name);
  if (present !== undefined) return workloadOf(snapshot, present);
  const replicaSet = snapshot.get('ReplicaSet', namespace, generatedFrom(name));
  if (replicaSet === undefined) return { apiVersion: 'v1', kind: 'Pod', namespace, name, uid: '' };
  return controllerOf(replicaSet) ?? refTo('ReplicaSet', replicaSet);
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const events = snapshot
    .list('Event')
    .filter((e) => e.reason === 'Preempted' && e.object.kind === 'Pod' && isRecent(snapshot, e.last));
  if (events.length === 0) return [];
  const index = indexWaiting(snapshot);
  const byObject = new Map<string, Finding>();
  for (const event of events.toSorted(
    (a, b) => (b.last ?? '').localeCompare(a.last ?? '') || a.object.name.localeCompare(b.object.name),
  )) {
    const { namespace, name } = event.object;
    const waiting = index.get(`${namespace}/${name}`) ?? index.get(`${namespace}/${generatedFrom(name)}`);
    const object = objectOf(snapshot, event, waiting);
    const key = `${object.kind}/${object.namespace}/${object.name}`;
    if (!byObject.has(key)) byObject.set(key, report(snapshot, event, { object, waiting }));
  }
  return [...byObject.values()];
}

export const schedulingPreemption: Analyzer = {
  name: 'scheduling-preemption',
  codes: [preempted],
  analyze,
};
