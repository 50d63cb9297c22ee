import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { components, controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import type { Component } from '../../reading/platform/control-plane-pods.ts';
import { lastComplaint } from '../../reading/output/last-complaint.ts';
import { leaseSilence } from '../../reading/platform/lease-clock.ts';
import { withoutLogPrefix } from '../../reading/output/log-prefix.ts';
import { conditionOf, containersOf, isCrashing, isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf, isRecent } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { failing, leaderChanging, silent } from './codes.ts';

const breaks: Readonly<Record<Component, string>> = {
  etcd: 'the API server cannot store or read anything through this member',
  'kube-apiserver': 'the API does not answer through this instance',
  'kube-controller-manager': 'nothing is replaced, rolled out or cleaned up, and dead nodes are not noticed',
  'kube-scheduler': 'new pods are not given a node',
};

/** Codes that say why a pod does not run. */
const why = [
  'pod.',
  'container.',
  'workload.',
  'permission.',
  'kind.',
  'control-plane.certificate',
  'control-plane.etcd',
];

const moment = 60_000;

function isFailing(snapshot: Snapshot, pod: Pod): boolean {
  if (isReady(pod) || isTerminating(pod)) return false;
  if (containersOf(pod).some((view) => isCrashing(view, pod, snapshot.now))) return true;
  const ready = conditionOf(pod.status.conditions, 'Ready');
  return (ageOf(snapshot, ready?.lastTransitionTime ?? pod.metadata.creationTimestamp) ?? 0) > moment;
}

function statusEvidence(pod: Pod): Finding['evidence'] {
  const ref = refTo('Pod', pod);
  for (const { spec, status } of containersOf(pod)) {
    const waiting = status?.state.waiting;
    const ended = status?.state.terminated ?? status?.lastState.terminated;
    const path = `status.containerStatuses[name=${spec.name}]`;
    if (waiting !== undefined) {
      return [
        fromStatus(
          ref,
          `${path}.state.waiting`,
          [waiting.reason, waiting.message].filter(Boolean).join(': '),
          ended?.finishedAt ?? '',
        ),
      ];
    }
    if (ended !== undefined) {
      return [
        fromStatus(
          ref,
          `${path}.lastState.terminated`,
          `${ended.reason ?? 'ended'}, exit code ${ended.exitCode ?? '?'}`,
          ended.finishedAt ?? '',
        ),
      ];
    }
  }
  return [fromStatus(ref, 'status.phase', `phase: ${pod.status.phase ?? 'unknown'}`)];
}

function checkComponent(snapshot: Snapshot, component: Component): Finding[] {
  const pods = controlPlanePods(snapshot, component);
  const well = pods.filter(isReady).length;
  // Whatever writes to the API ends when its store refuses: it can renew no lease.
  const members = controlPlanePods(snapshot, 'etcd').map((member) => refTo('Pod', member));
  return pods
    .filter((pod) => isFailing(snapshot, pod))
    .map((pod) => {
      const ref = refTo('Pod', pod);
      const ready = conditionOf(pod.status.conditions, 'Ready');
      const complaint = lastComplaint(snapshot, pod);
      const rest =
        well > 0 ? `; ${well} other ${well === 1 ? 'instance is' : 'instances are'} ready` : `: ${breaks[component]}`;
      return finding(failing, {
        object: ref,
        severity: well > 0 ? 'warning' : 'critical',
        cause: `${component} on "${pod.spec.nodeName ?? 'an unknown node'}" does not run${rest}${complaint === undefined ? '' : `. It says: ${said(withoutLogPrefix(complaint.line.text), 200)}`}.`,
        since: ready?.lastTransitionTime ?? '',
        evidence: [
          ...statusEvidence(pod),
          ...(complaint === undefined ? [] : [fromOutput(ref, complaint.view, complaint.line)]),
          ...(ready === undefined ? [] : [fromCondition(ref, ready)]),
        ],
        // Rules about crashes, images and volumes say why; this says what it breaks.
        because: [
          { object: ref, codes: why },
          ...members.map((object) => ({ object, codes: ['control-plane.etcd'] })),
          { object: refByName('Node', '', pod.spec.nodeName ?? ''), codes: ['node.', 'kind.'] },
        ],
      });
    });
}

const leftover = 24 * 60 * 60_000;

function checkLease(snapshot: Snapshot, component: 'kube-scheduler' | 'kube-controller-manager'): Finding[] {
  const lease = snapshot.get('Lease', 'kube-system', component);
  const behind = leaseSilence(snapshot, lease);
  // A lease that nobody has touched for a day is what an older set-up left behind.
  if (lease === undefined || behind === undefined || behind > leftover) return [];
  const pods = controlPlanePods(snapshot, component);
  const holder = lease.spec.holderIdentity ?? '';
  const ref = refTo('Lease', lease);
  const who = holder === '' ? 'nobody holds its lease' : `its last leader, "${holder}", has not renewed the lease`;
  return [
    finding(silent, {
      object: ref,
      cause: `${component} has had no leader for ${formatDuration(behind)} (${who}): ${breaks[component]}.`,
      confidence: pods.some(isReady) ? 'medium' : 'high',
      since: lease.spec.renewTime ?? '',
      evidence: [
        fromStatus(
          ref,
          'spec.renewTime',
          `renewTime: ${lease.spec.renewTime}, holderIdentity: ${holder === '' ? '(none)' : holder}`,
          lease.spec.renewTime ?? '',
        ),
      ],
      because: [
        ...[...pods, ...controlPlanePods(snapshot, 'etcd')].map((pod) => ({ object: refTo('Pod', pod) })),
        { object: ref, codes: ['control-plane.scheduler-silent'] },
      ],
    }),
  ];
}

function checkLeaderChanges(snapshot: Snapshot): Finding[] {
  const events = snapshot
    .list('Event')
    .filter((e) => e.reason === 'LeaderElection' && isRecent(snapshot, e.last) && e.message.includes('became leader'));
  const byLease = Map.groupBy(events, (e) => `${e.object.namespace}/${e.object.name}`);
  return [...byLease].flatMap(([name, changes]) => {
    const times = changes.reduce((sum, e) => sum + (isRecent(snapshot, e.first) ? e.count : 1), 0);
    const newest = changes.toSorted((a, b) => (b.last ?? '').localeCompare(a.last ?? ''))[0];
    if (newest === undefined || times < 4) return [];
    const evidence = fromEvent(newest);
    const cause = `The leader of ${name} changed ${times} times within an hour, the last time to: ${newest.message.slice(0, 160)}.`;
    return finding(leaderChanging, {
      object: evidence.object,
      cause,
      confidence: 'medium',
      since: changes.map((e) => e.first ?? '').toSorted()[0] ?? '',
      evidence: [evidence],
    });
  });
}

/** The control plane as far as its pods, leases and events show it. */
export const controlPlane: Analyzer = {
  name: 'control-plane',
  codes: [failing, silent, leaderChanging],
  analyze: (snapshot) => [
    ...components.flatMap((component) => checkComponent(snapshot, component)),
    ...checkLease(snapshot, 'kube-scheduler'),
    ...checkLease(snapshot, 'kube-controller-manager'),
    ...checkLeaderChanges(snapshot),
  ],
};
