import type { Finding } from '@autodevops/domain/finding';
import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { isKindName, kinds } from '@autodevops/domain/kubernetes/kinds';
import type { Metadata, OwnerReference } from '@autodevops/domain/kubernetes/metadata';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { controlPlanePods } from '../../reading/platform/control-plane-pods.ts';
import { leaseSilence } from '../../reading/platform/lease-clock.ts';
import { nameList } from '../../reading/name-list.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { ageOf, isRecent } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { invalidReference, orphaned } from './codes.ts';

/** Old enough to be beyond the moments between two lists of one snapshot. */
const settled = 10 * 60_000;
const looked: readonly KindName[] = [
  'Pod',
  'ReplicaSet',
  'Job',
  'StatefulSet',
  'Deployment',
  'DaemonSet',
  'PersistentVolumeClaim',
  'ConfigMap',
  'Secret',
  'Service',
];

function isOwnKind(owner: OwnerReference): KindName | undefined {
  if (!isKindName(owner.kind)) return undefined;
  return groupOf(owner.apiVersion) === kinds[owner.kind].group ? owner.kind : undefined;
}

/** True only when every object of the owner's kind was seen and it is not among them. A namesake with another uid is another object. */
function isGone(snapshot: Snapshot, owner: OwnerReference, namespace: string): boolean {
  const kind = isOwnKind(owner);
  if (kind === undefined || owner.uid === '') return false;
  const scope = kinds[kind].namespaced ? namespace : '';
  // None at all of a kind more likely means that nobody recorded it.
  if (!snapshot.saw(kind, scope) || snapshot.list(kind).length === 0) return false;
  const found = snapshot.get(kind, scope, owner.name);
  return found === undefined || (found.metadata.uid !== '' && found.metadata.uid !== owner.uid);
}

interface Orphan {
  readonly ref: ObjectRef;
  readonly metadata: Metadata;
  readonly owner: OwnerReference;
}

function orphansOf(snapshot: Snapshot, kind: KindName): Orphan[] {
  return snapshot.list(kind).flatMap((object) => {
    const { metadata } = object;
    const owners = metadata.ownerReferences;
    const [owner] = owners;
    if (owner === undefined || owner.kind === 'Node' || metadata.deletionTimestamp !== undefined) return [];
    if ((ageOf(snapshot, metadata.creationTimestamp) ?? 0) < settled) return [];
    return owners.every((o) => isGone(snapshot, o, metadata.namespace))
      ? [{ ref: refTo(kind, object), metadata, owner }]
      : [];
  });
}

function ownerText(orphan: Orphan): string {
  return refText({ kind: orphan.owner.kind, namespace: orphan.metadata.namespace, name: orphan.owner.name });
}

/** What stops the garbage collector: an API group that cannot be listed, a controller manager that does not work. */
function brakes(snapshot: Snapshot): readonly ObjectRef[] {
  const unavailable = snapshot
    .list('APIService')
    .filter((api) => api.status.conditions.some((c) => c.type === 'Available' && c.status === 'False'));
  const isSilent =
    leaseSilence(snapshot, snapshot.get('Lease', 'kube-system', 'kube-controller-manager')) !== undefined;
  const pods = controlPlanePods(snapshot, 'kube-controller-manager');
  const isDown = isSilent || (pods.length > 0 && !pods.some(isReady));
  return [
    ...unavailable.map((api) => refTo('APIService', api)),
    ...(isDown
      ? [refByName('Lease', 'kube-system', 'kube-controller-manager'), ...pods.map((pod) => refTo('Pod', pod))]
      : []),
  ];
}

function checkOrphans(snapshot: Snapshot): Finding[] {
  const stopped = brakes(snapshot);
  const orphans = looked.flatMap((kind) => orphansOf(snapshot, kind));
  return [...Map.groupBy(orphans, (o) => `${o.metadata.namespace}/${o.owner.uid}`).values()].flatMap((group) => {
    const sorted = group.toSorted(
      (a, b) => a.ref.kind.localeCompare(b.ref.kind) || a.ref.name.localeCompare(b.ref.name),
    );
    const [first] = sorted;
    if (first === undefined) return [];
    return finding(orphaned, {
      object: first.ref,
      cause: `${nameList(sorted.map((o) => refText(o.ref)))} ${sorted.length === 1 ? 'belongs' : 'belong'} to ${ownerText(first)} (uid ${said(first.owner.uid, 40)}), which does not exist.`,
      severity: stopped.length > 0 ? 'warning' : 'info',
      confidence: stopped.length > 0 ? 'medium' : 'low',
      generic: true,
      evidence: sorted
        .slice(0, 3)
        .map((o) =>
          fromSpec(o.ref, 'metadata.ownerReferences', `${o.owner.kind} ${o.owner.name}, uid: ${o.owner.uid}`),
        ),
      because: stopped.map((object) => ({ object })),
    });
  });
}

function checkEvents(snapshot: Snapshot): Finding[] {
  const events = snapshot
    .list('Event')
    .filter((e) => e.reason === 'OwnerRefInvalidNamespace' && isRecent(snapshot, e.last));
  return [...Map.groupBy(events, (e) => `${e.object.kind}/${e.object.namespace}/${e.object.name}`).values()].flatMap(
    (group) => {
      const newest = group.toSorted((a, b) => (b.last ?? '').localeCompare(a.last ?? ''))[0];
      if (newest === undefined) return [];
      const evidence = fromEvent(newest);
      // Of an object without a namespace the garbage collector only says that it cannot follow the reference: it stays.
      const mayGo = evidence.object.namespace !== '';
      return finding(invalidReference, {
        object: evidence.object,
        ...(mayGo ? {} : { severity: 'info' as const }),
        cause: `${refText(evidence.object)} names an owner that it cannot have: ${said(newest.message)}.`,
        since: newest.first ?? '',
        evidence: [evidence],
      });
    },
  );
}

/** Objects that the garbage collector should have taken, or may take by mistake. */
export const ownerGone: Analyzer = {
  name: 'owner-gone',
  codes: [orphaned, invalidReference],
  analyze: (snapshot) => [...checkOrphans(snapshot), ...checkEvents(snapshot)],
};
