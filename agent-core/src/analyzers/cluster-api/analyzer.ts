import type { Because, Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import type { Condition } from '@autodevops/domain/kubernetes/metadata';
import { formatDuration } from '@autodevops/domain/duration';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { refByName, refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customDescendants, refToCustom } from '../../reading/platform/custom-objects.ts';
import { listAt, textAt } from '../../reading/json-value.ts';
import { ageOf } from '../../reading/recency.ts';
import { referencesIn } from '../../reading/references-in.ts';
import { said } from '../../reading/said.ts';
import { isSuspended } from '../../reading/workloads/suspended.ts';
import type { Analyzer } from '../analyzer.ts';
import { machineFailed, machineStuck, notReady } from './codes.ts';

const minute = 60_000;
const waitingPhases = ['Pending', 'Provisioning', 'Provisioned'];

function isClusterApi(object: CustomObject): boolean {
  const group = groupOf(object.apiVersion);
  return group === 'cluster.x-k8s.io' || group.endsWith('.cluster.x-k8s.io') || group === 'machine.openshift.io';
}

function because(snapshot: Snapshot, object: CustomObject): readonly Because[] {
  const node = textAt(object.status, 'nodeRef', 'name');
  const owned = customDescendants(snapshot, object.metadata.uid).map(refToCustom);
  return [...referencesIn(object), ...owned, ...(node === '' ? [] : [refByName('Node', '', node)])]
    .slice(0, 100)
    .map((ref) => ({ object: ref }));
}

/** The first of its steps that is not done and says why; its summary only repeats one of them. */
function waitsFor(machine: CustomObject): Condition | undefined {
  return conditionsOf(machine).find((c) => c.type !== 'Ready' && c.status === 'False' && c.message !== '');
}

function checkMachine(snapshot: Snapshot, machine: CustomObject): Finding[] {
  const ref = refToCustom(machine);
  const phase = textAt(machine.status, 'phase');
  const message = textAt(machine.status, 'failureMessage') || textAt(machine.status, 'errorMessage');
  if (phase === 'Failed' || message !== '') {
    return [
      finding(machineFailed, {
        object: ref,
        cause: `${refText(ref)} has failed${message === '' ? '' : `: ${said(message)}`}.`,
        evidence: [fromStatus(ref, 'status', `phase: ${phase}, failureMessage: ${message || '(none)'}`)],
      }),
    ];
  }
  const since = textAt(machine.status, 'lastUpdated') || (machine.metadata.creationTimestamp ?? '');
  const age = ageOf(snapshot, since) ?? 0;
  if (!waitingPhases.includes(phase) || textAt(machine.status, 'nodeRef', 'name') !== '' || age < 20 * minute) {
    return [];
  }
  const waiting = waitsFor(machine);
  const cause = `${refText(ref)} has been ${phase} for ${formatDuration(age)} and no node has joined from it${waiting === undefined ? '' : `: ${said(waiting.message, 240).replace(/\.$/, '')}`}.`;
  return [
    finding(machineStuck, {
      object: ref,
      cause,
      confidence: 'medium',
      since,
      evidence: [
        fromStatus(ref, 'status.phase', `phase: ${phase}`),
        ...(waiting === undefined ? [] : [fromCondition(ref, waiting)]),
      ],
      because: because(snapshot, machine),
    }),
  ];
}

/** The older conditions have a severity: Info is what waits its turn. It is read from the raw list. */
function severityOf(object: CustomObject, type: string): string {
  return textAt(
    listAt(object.status, 'conditions').find((c) => textAt(c, 'type') === type),
    'severity',
  );
}

function checkConditions(snapshot: Snapshot, object: CustomObject): Finding[] {
  const condition = conditionsOf(object).find(
    (c) => (c.type === 'Ready' || c.type === 'Available') && c.status === 'False',
  );
  if (condition === undefined || severityOf(object, condition.type) === 'Info') return [];
  const age = ageOf(snapshot, condition.lastTransitionTime) ?? 0;
  if (age < 10 * minute) return [];
  const ref = refToCustom(object);
  const text = said([condition.reason, condition.message].filter((p) => p !== '').join(': '));
  return [
    finding(notReady, {
      object: ref,
      cause: `${refText(ref)} is not ${condition.type.toLowerCase()}${text === '' ? '' : `: ${text}`}.`,
      confidence: 'medium',
      since: condition.lastTransitionTime ?? '',
      evidence: [fromCondition(ref, condition)],
      because: because(snapshot, object),
      generic: true,
    }),
  ];
}

function checkObject(snapshot: Snapshot, object: CustomObject): Finding[] {
  if (object.metadata.deletionTimestamp !== undefined || isSuspended(object)) return [];
  const machine = object.kind === 'Machine' ? checkMachine(snapshot, object) : [];
  return machine.length > 0 ? machine : checkConditions(snapshot, object);
}

/** Clusters and machines of Cluster API and of OpenShift's machine API. */
export const clusterApi: Analyzer = {
  name: 'cluster-api',
  codes: [machineFailed, machineStuck, notReady],
  analyze: (snapshot) => snapshot.custom.filter(isClusterApi).flatMap((object) => checkObject(snapshot, object)),
};
