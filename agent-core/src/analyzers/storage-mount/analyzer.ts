import type { Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { claimsOf, usersOfClaim } from '../../reading/claim-users.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isFinished, isTerminating } from '../../reading/pod-status.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { attachFailed, driverNotRegistered, helperMissing, mountFailed, multiAttach, nfsDenied, nfsUnreachable, pathMissing, wrongFileSystem } from './codes.ts';
import { readMessage, unmountedVolumes } from './messages.ts';

/** A volume of the pod that is kept outside of it. */
interface Mounted {
  readonly volume: Volume;
  readonly claim: string | undefined;
  readonly persistent: PersistentVolume | undefined;
}

function keptOutside(snapshot: Snapshot, pod: Pod): readonly Mounted[] {
  const claims = new Map(claimsOf(pod).map((c) => [c.volume, c.claim]));
  return pod.spec.volumes.flatMap((volume): Mounted[] => {
    const claim = claims.get(volume.name);
    if (claim === undefined) return volume.nfs === undefined && volume.csi === undefined ? [] : [{ volume, claim, persistent: undefined }];
    const bound = snapshot.get('PersistentVolumeClaim', pod.metadata.namespace, claim)?.spec.volumeName ?? '';
    return [{ volume, claim, persistent: bound === '' ? undefined : snapshot.get('PersistentVolume', '', bound) }];
  });
}

/** Containers do not exist yet: the kubelet still prepares the pod. */
function isPreparing(pod: Pod): boolean {
  if ((pod.spec.nodeName ?? '') === '' || isFinished(pod) || isTerminating(pod)) return false;
  const statuses = [...pod.status.initContainerStatuses, ...pod.status.containerStatuses];
  return statuses.every((s) => s.state.running === undefined && s.state.terminated === undefined && s.lastState.terminated === undefined);
}

/** The volume that a message speaks of: by the pod's name for it, or the PersistentVolume's. Messages quote the names. */
function spokenOf(event: ClusterEvent, mounted: readonly Mounted[]): Mounted | undefined {
  const { message } = event;
  const names = (m: Mounted): readonly string[] => [m.volume.name, m.persistent?.metadata.name ?? ''].filter((name) => name !== '');
  const quoted = mounted.find((m) => names(m).some((name) => message.includes(`"${name}"`)));
  if (quoted !== undefined) return quoted;
  const unmounted = unmountedVolumes(message);
  const found = unmounted.map((name) => mounted.find((m) => m.volume.name === name));
  // Where something else (a ConfigMap, say) is missing as well, that has its own event, which says why.
  return found.includes(undefined) ? undefined : found[0];
}

const attachments = perSnapshot((snapshot) => {
  const index = new Map<string, { ref: ObjectRef; node: string; attached: boolean; error: string; time: string }[]>();
  for (const attachment of snapshot.list('VolumeAttachment')) {
    const { source, nodeName } = attachment.spec;
    const { attached, attachError, detachError } = attachment.status;
    const error = attachError ?? detachError;
    const entry = { ref: refTo('VolumeAttachment', attachment), node: nodeName, attached: attached === true, error: error?.message ?? '', time: error?.time ?? '' };
    const key = source.persistentVolumeName ?? '';
    pushTo(index, key, entry);
  }
  return index;
});

interface MountCheck {
  readonly snapshot: Snapshot;
  readonly pod: Pod;
  readonly event: ClusterEvent;
  readonly mounted: Mounted;
}

function what(mounted: Mounted): string {
  if (mounted.claim !== undefined) return `Volume "${mounted.volume.name}" (claim "${mounted.claim}")`;
  return `Volume "${mounted.volume.name}"`;
}

/** Where else the volume is held: another pod of the claim on another node, or an attachment that is left. */
function heldElsewhere(check: MountCheck): { node: string; pod: Pod | undefined } | undefined {
  const { snapshot, pod, mounted } = check;
  const other = mounted.claim === undefined ? undefined : usersOfClaim(snapshot, pod.metadata.namespace, mounted.claim).find((p) => (p.spec.nodeName ?? '') !== '' && p.spec.nodeName !== pod.spec.nodeName);
  if (other?.spec.nodeName !== undefined) return { node: other.spec.nodeName, pod: other };
  const left = (attachments(snapshot).get(mounted.persistent?.metadata.name ?? '') ?? []).find((a) => a.node !== pod.spec.nodeName);
  return left === undefined ? undefined : { node: left.node, pod: undefined };
}

function tellMultiAttach(check: MountCheck): Pick<Finding, 'cause' | 'evidence' | 'because'> {
  const held = heldElsewhere(check);
  const by = held === undefined ? 'another node' : held.pod === undefined ? `node ${held.node}` : `node ${held.node}, where pod "${held.pod.metadata.name}" mounts it`;
  return {
    cause: `${what(check.mounted)} of pod "${check.pod.metadata.name}" is still attached to ${by}, and can be attached to one node only.`,
    evidence: [fromEvent(check.event), ...(held?.pod === undefined ? [] : [fromSpec(refTo('Pod', held.pod), 'spec.nodeName', held.node)])],
    because: held === undefined ? [] : [{ object: refByName('Node', '', held.node), codes: ['node.'] }, ...(held.pod === undefined ? [] : [{ object: refTo('Pod', held.pod), codes: ['pod.terminating'] }])],
  };
}

function driverOf(mounted: Mounted): string {
  return mounted.persistent?.spec.csi?.driver ?? mounted.volume.csi?.driver ?? '';
}

function tellDriver(check: MountCheck): Pick<Finding, 'cause' | 'evidence' | 'because'> {
  const node = check.pod.spec.nodeName ?? '';
  const driver = driverOf(check.mounted);
  const csiNode = check.snapshot.get('CSINode', '', node);
  const known = csiNode?.spec.drivers.map((d) => d.name).join(', ') ?? '';
  return {
    cause: `${what(check.mounted)} needs CSI driver ${driver === '' ? 'that' : `"${driver}"`}, which is not registered on node ${node}.`,
    evidence: [fromEvent(check.event), ...(csiNode === undefined ? [] : [fromSpec(refTo('CSINode', csiNode), 'spec.drivers', known === '' ? 'none' : known)])],
    because: [{ object: refByName('Node', '', node), codes: ['node.'] }],
  };
}

function place(mounted: Mounted): string {
  const nfs = mounted.persistent?.spec.nfs ?? mounted.volume.nfs;
  if (nfs !== undefined) return ` (${nfs.server}:${nfs.path})`;
  const local = mounted.persistent?.spec.local?.path;
  return local === undefined ? '' : ` (${local})`;
}

const sayings: ReadonlyMap<string, string> = new Map([
  [attachFailed.code, 'cannot be attached'],
  [nfsUnreachable.code, 'cannot be mounted: its NFS server is not reached'],
  [nfsDenied.code, 'cannot be mounted: its NFS server refuses'],
  [helperMissing.code, 'cannot be mounted: the node lacks the program for its file system'],
  [wrongFileSystem.code, 'cannot be mounted: its file system is not the expected one, or damaged'],
  [pathMissing.code, 'cannot be mounted: its folder does not exist on the node'],
  [mountFailed.code, 'cannot be mounted'],
]);

function tellPlain(check: MountCheck, code: string): Pick<Finding, 'cause' | 'evidence' | 'because'> {
  const { snapshot, pod, mounted, event } = check;
  const error = (attachments(snapshot).get(mounted.persistent?.metadata.name ?? '') ?? []).find((a) => a.error !== '' && a.node === pod.spec.nodeName);
  const node = pod.spec.nodeName ?? '';
  const claim = mounted.claim === undefined ? [] : [{ object: refByName('PersistentVolumeClaim', pod.metadata.namespace, mounted.claim) }];
  return {
    cause: `${what(mounted)}${place(mounted)} of pod "${pod.metadata.name}" ${sayings.get(code) ?? 'cannot be mounted'} on node ${node}.`,
    evidence: [fromEvent(event), ...(error === undefined ? [] : [fromStatus(error.ref, 'status.attachError.message', error.error, error.time)])],
    because: [...claim, { object: refByName('Node', '', node), codes: ['node.'] }],
  };
}

function tell(check: MountCheck): Finding {
  const { code, vague } = readMessage(check.event.reason, check.event.message);
  const told = code === multiAttach ? tellMultiAttach(check) : code === driverNotRegistered ? tellDriver(check) : tellPlain(check, code.code);
  return finding(code, {
    object: refTo('Pod', check.pod),
    ...told,
    confidence: vague ? 'medium' : 'high',
    since: check.event.first ?? check.pod.metadata.creationTimestamp ?? '',
    facet: check.mounted.volume.name,
  });
}

function checkPod(snapshot: Snapshot, pod: Pod): readonly Finding[] {
  if (!isPreparing(pod)) return [];
  const ref = refTo('Pod', pod);
  const events = newestEvents(snapshot, ref, 'FailedMount', 'FailedAttachVolume').filter((e) => isRecent(snapshot, e.last));
  if (events.length === 0) return [];
  const mounted = keptOutside(snapshot, pod);
  const found = new Map<string, Finding>();
  for (const event of events) {
    const about = spokenOf(event, mounted);
    if (about === undefined) continue;
    const one = tell({ snapshot, pod, event, mounted: about });
    const before = found.get(one.facet);
    if (before === undefined || (before.confidence !== 'high' && one.confidence === 'high')) found.set(one.facet, one);
  }
  // The kubelet's summary names every volume of the pod that waits, though one of them holds the others up.
  const certain = [...found.values()].filter((f) => f.confidence === 'high');
  return certain.length > 0 ? certain : [...found.values()];
}

export const storageMount: Analyzer = {
  name: 'storage-mount',
  kinds: ['Pod', 'Event', 'PersistentVolumeClaim', 'PersistentVolume', 'VolumeAttachment', 'CSINode'],
  codes: [multiAttach, attachFailed, driverNotRegistered, nfsUnreachable, nfsDenied, helperMissing, wrongFileSystem, pathMissing, mountFailed],
  analyze: (snapshot) => snapshot.list('Pod').flatMap((pod) => checkPod(snapshot, pod)),
};
