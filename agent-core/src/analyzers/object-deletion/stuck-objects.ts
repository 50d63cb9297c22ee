import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { formatDuration } from '@autodevops/domain/duration';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { nameList } from '../../reading/name-list.ts';
import { ageOf, isRecent } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { controllerGone, finalizerHeld, instancesRemain } from './codes.ts';
import { ownerOfFinalizer } from '../../reading/platform/finalizer-owner.ts';
import type { FinalizerOwner } from '../../reading/platform/finalizer-owner.ts';
import { budgetsNamed, conditionSince } from './told-since.ts';

const patience = 5 * 60_000;

/** Pods, namespaces, claims and attachments have rules of their own; volumes in use wait for good reason. */
const elsewhere = new Set<KindName>([
  'Pod',
  'Namespace',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'VolumeAttachment',
  'Event',
]);
const crdCleanup = 'customresourcecleanup.apiextensions.k8s.io';

interface Stuck {
  readonly ref: ObjectRef;
  readonly metadata: Metadata;
}

function isStuck(snapshot: Snapshot, metadata: Metadata): boolean {
  if (metadata.deletionTimestamp === undefined || metadata.finalizers.length === 0) return false;
  return (ageOf(snapshot, metadata.deletionTimestamp) ?? 0) >= patience;
}

function stuckObjects(snapshot: Snapshot): Stuck[] {
  const typed = kindNames
    .filter((kind) => !elsewhere.has(kind))
    .flatMap((kind) =>
      snapshot
        .list(kind)
        .filter((o) => isStuck(snapshot, o.metadata))
        .map((o) => ({ ref: refTo(kind, o), metadata: o.metadata })),
    );
  const volumes = snapshot
    .list('PersistentVolume')
    .filter((volume) => volume.status.phase === 'Released' && isStuck(snapshot, volume.metadata))
    .map((volume) => ({ ref: refTo('PersistentVolume', volume), metadata: volume.metadata }));
  const custom = snapshot.custom
    .filter((o) => isStuck(snapshot, o.metadata))
    .map((o) => ({ ref: refToCustom(o), metadata: o.metadata }));
  return [...typed, ...volumes, ...custom];
}

function whose(owner: FinalizerOwner): string {
  if (owner.state === 'gone') {
    const [first] = owner.workloads;
    if (first === undefined) return `${owner.who}, of which no workload can be found in the cluster`;
    return `${owner.who}; ${refText(first)} has no ready pod`;
  }
  return owner.workloads[0] === undefined ? owner.who : `${owner.who}, probably ${refText(owner.workloads[0])}`;
}

function instancesOf(snapshot: Snapshot, crdName: string): readonly ObjectRef[] {
  const crd = snapshot.get('CustomResourceDefinition', '', crdName);
  if (crd === undefined) return [];
  const { group, names } = crd.spec;
  return snapshot.custom.filter((o) => o.kind === names.kind && o.apiVersion.startsWith(`${group}/`)).map(refToCustom);
}

/** Since the deletion a controller warned of the object, and lately: it is there, and fails. */
function refusalOf(snapshot: Snapshot, { ref, metadata }: Stuck): ClusterEvent | undefined {
  const deleted = Date.parse(metadata.deletionTimestamp ?? '');
  return snapshot
    .eventsOf(ref)
    .findLast((e) => e.type === 'Warning' && isRecent(snapshot, e.last) && Date.parse(e.last ?? '') >= deleted);
}

function controllerOf({ component }: ClusterEvent): string {
  return component === '' ? 'its controller' : `"${component}"`;
}

type Described = Pick<Finding, 'cause' | 'because' | 'confidence'> &
  Partial<Pick<Finding, 'evidence' | 'nextSteps'>> & { readonly code: CodeEntry };

/** A volume goes only after it was taken off its node, and its driver says why it cannot do that. */
function describeHeldVolume(snapshot: Snapshot, { ref }: Stuck, start: string): Described | undefined {
  if (ref.kind !== 'PersistentVolume') return undefined;
  const held = snapshot
    .list('VolumeAttachment')
    .find(
      ({ spec, status }) => spec.source.persistentVolumeName === ref.name && (status.detachError?.message ?? '') !== '',
    );
  if (held === undefined) return undefined;
  const { message = '', time = '' } = held.status.detachError ?? {};
  const attachment = refTo('VolumeAttachment', held);
  return {
    code: finalizerHeld,
    cause: `${start}, since its driver cannot detach it from node "${held.spec.nodeName}": ${rootError(message)}.`,
    because: [{ object: refByName('Node', '', held.spec.nodeName), codes: ['node.'] }],
    confidence: 'high',
    evidence: [fromStatus(attachment, 'status.detachError.message', message, time)],
    nextSteps: [
      `See at the storage whether the volume is still attached to that machine, and detach it there; the driver (${held.spec.attacher}) then tries again by itself.`,
      `Where the volume or the machine no longer exists there, remove the finalizer of the attachment: \`kubectl patch volumeattachment ${held.metadata.name} --type=merge -p '{"metadata":{"finalizers":null}}'\`.`,
    ],
  };
}

function describe(snapshot: Snapshot, { ref, metadata }: Stuck): Described {
  const waited = formatDuration(ageOf(snapshot, metadata.deletionTimestamp) ?? 0);
  const start = `${refText(ref)} was deleted ${waited} ago and cannot go`;
  if (ref.kind === 'CustomResourceDefinition' && metadata.finalizers.includes(crdCleanup)) {
    const left = instancesOf(snapshot, ref.name);
    const named = left.length === 0 ? '' : `: ${nameList(left.map(refText))}`;
    return {
      code: instancesRemain,
      cause: `${start} while objects of its kind remain${named}.`,
      because: left.map((object) => ({ object })),
      confidence: 'high',
    };
  }
  const [finalizer = ''] = metadata.finalizers;
  const heldVolume = describeHeldVolume(snapshot, { ref, metadata }, start);
  if (heldVolume !== undefined) return heldVolume;
  const refusal = refusalOf(snapshot, { ref, metadata });
  if (refusal !== undefined) {
    const cause = `${start}: ${controllerOf(refusal)}, which has to remove the finalizer "${finalizer}", fails to clean up: ${rootError(refusal.message)}.`;
    return { code: finalizerHeld, cause, because: [{ object: ref, codes: ['kamaji.'] }], confidence: 'high' };
  }
  const owner = ownerOfFinalizer(snapshot, finalizer, metadata);
  const told = conditionSince(snapshot, ref, metadata);
  if (told !== undefined) {
    return {
      code: finalizerHeld,
      cause: `${start} because of the finalizer "${finalizer}"; its controller says (${told.type}): ${rootError(told.message).replace(/\.$/, '')}.`,
      because: [...budgetsNamed(snapshot, told.message), ...owner.workloads.map((object) => ({ object }))],
      confidence: 'high',
      evidence: [fromCondition(ref, told)],
    };
  }
  const more = metadata.finalizers.length > 1 ? ` (and ${metadata.finalizers.length - 1} more)` : '';
  const gone = owner.state === 'gone';
  return {
    code: gone ? controllerGone : finalizerHeld,
    cause: `${start} because of the finalizer "${finalizer}"${more}, which is for ${whose(owner)}.`,
    because: [...owner.workloads.map((object) => ({ object })), { object: ref, codes: ['kamaji.'] }],
    confidence: gone && !owner.known && owner.workloads.length === 0 ? 'medium' : 'high',
  };
}

/** Objects that are held by finalizers more than five minutes after they were deleted. */
export function checkObjects(snapshot: Snapshot): Finding[] {
  return stuckObjects(snapshot).map((stuck) => {
    const { code, evidence = [], ...said } = describe(snapshot, stuck);
    const { ref, metadata } = stuck;
    const event = snapshot.eventsOf(ref).findLast((e) => e.type === 'Warning');
    return finding(code, {
      object: ref,
      ...said,
      since: metadata.deletionTimestamp ?? '',
      evidence: [
        fromStatus(
          ref,
          'metadata.finalizers',
          `deletionTimestamp: ${metadata.deletionTimestamp}, finalizers: ${metadata.finalizers.join(', ')}`,
          metadata.deletionTimestamp ?? '',
        ),
        ...evidence,
        ...(event === undefined ? [] : [fromEvent(event)]),
      ],
      facet: metadata.finalizers[0] ?? '',
      ...(code === instancesRemain ? {} : { sharedWith: metadata.finalizers[0] ?? '' }),
    });
  });
}
