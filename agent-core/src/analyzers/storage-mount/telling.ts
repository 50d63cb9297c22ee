import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';
import type { Deployment } from '@autodevops/domain/kubernetes/workload';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { mountSteps } from '../../evidence/mount-steps.ts';
import { serviceOfHost } from '../../reading/network/host-references.ts';
import { usersOfClaim } from '../../reading/pods/volumes/claim-users.ts';
import { distinctBy } from '../../reading/distinct-by.ts';
import { driverPods } from '../../reading/platform/driver-pods.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { perSnapshot } from '../../reading/per-snapshot.ts';
import { isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { storageBackends } from '../../reading/platform/storage-backend.ts';
import {
  attachFailed,
  deviceBusy,
  driverNotRegistered,
  helperMissing,
  mountFailed,
  multiAttach,
  nfsDenied,
  nfsUnreachable,
  pathMissing,
  storeUnreachable,
  wrongFileSystem,
} from './codes.ts';
import { damageIn, readMessage } from './messages.ts';
import { providerAbsence } from './secret-provider.ts';

/** A volume of the pod that is kept outside of it. */
export interface Mounted {
  readonly volume: Volume;
  readonly claim: string | undefined;
  readonly persistent: PersistentVolume | undefined;
}

const attachments = perSnapshot((snapshot) => {
  const index = new Map<string, { ref: ObjectRef; node: string; attached: boolean; error: string; time: string }[]>();
  for (const attachment of snapshot.list('VolumeAttachment')) {
    const { source, nodeName } = attachment.spec;
    const { attached, attachError, detachError } = attachment.status;
    const error = attachError ?? detachError;
    const entry = {
      ref: refTo('VolumeAttachment', attachment),
      node: nodeName,
      attached: attached === true,
      error: error?.message ?? '',
      time: error?.time ?? '',
    };
    const key = source.persistentVolumeName ?? '';
    pushTo(index, key, entry);
  }
  return index;
});

/** One event about one volume of a pod that is being prepared. */
export interface MountCheck {
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
interface Held {
  readonly node: string;
  readonly pod: Pod | undefined;
  /** The attachment that is left there, when no pod holds it and taking it off fails. */
  readonly stuck?: { readonly ref: ObjectRef; readonly error: string; readonly time: string };
}

function heldElsewhere(check: MountCheck): Held | undefined {
  const { snapshot, pod, mounted } = check;
  const other =
    mounted.claim === undefined
      ? undefined
      : usersOfClaim(snapshot, pod.metadata.namespace, mounted.claim).find(
          (p) => (p.spec.nodeName ?? '') !== '' && p.spec.nodeName !== pod.spec.nodeName,
        );
  if (other?.spec.nodeName !== undefined) return { node: other.spec.nodeName, pod: other };
  const left = (attachments(snapshot).get(mounted.persistent?.metadata.name ?? '') ?? []).find(
    (a) => a.node !== pod.spec.nodeName,
  );
  if (left === undefined) return undefined;
  return { node: left.node, pod: undefined, ...(left.error === '' ? {} : { stuck: left }) };
}

/** The old pod of a rolling update ends only once the new one is ready, which waits for what the old one holds. */
function ownRollout({ snapshot, pod }: MountCheck, holder: Pod | undefined): Deployment | undefined {
  const owner = workloadOf(snapshot, pod);
  if (
    holder === undefined ||
    owner.kind !== 'Deployment' ||
    refKey(workloadOf(snapshot, holder)) !== refKey(owner) ||
    isTerminating(holder)
  ) {
    return undefined;
  }
  const deployment = snapshot.get('Deployment', owner.namespace, owner.name);
  return deployment?.spec.strategy.type === 'Recreate' ? undefined : deployment;
}

function tellMultiAttach(check: MountCheck): Pick<Finding, 'cause' | 'evidence' | 'because'> & Partial<Finding> {
  const held = heldElsewhere(check);
  const rollout = ownRollout(check, held?.pod);
  if (rollout !== undefined && held?.pod !== undefined) {
    const { name, namespace } = rollout.metadata;
    return {
      cause: `${what(check.mounted)} of pod "${check.pod.metadata.name}" can be attached to one node only, and pod "${held.pod.metadata.name}" of the same Deployment holds it on node ${held.node}: a RollingUpdate ends the old pod only when the new one is ready, so both wait for ever. The strategy must be Recreate.`,
      evidence: [
        fromEvent(check.event),
        fromSpec(refTo('Deployment', rollout), 'spec.strategy.type', rollout.spec.strategy.type ?? 'RollingUpdate'),
        fromSpec(refTo('Pod', held.pod), 'spec.nodeName', held.node),
      ],
      because: [],
      nextSteps: [
        `Set the strategy of the Deployment to Recreate, which ends the old pod first: \`kubectl -n ${namespace} patch deployment ${name} -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'\`.`,
        'Where replicas are to run on several nodes, give them a volume that is ReadWriteMany, or a StatefulSet with a claim for each.',
      ],
    };
  }
  const by =
    held === undefined
      ? 'another node'
      : held.pod === undefined
        ? `node ${held.node}`
        : `node ${held.node}, where pod "${held.pod.metadata.name}" mounts it`;
  return {
    cause: `${what(check.mounted)} of pod "${check.pod.metadata.name}" is still attached to ${by}, and can be attached to one node only${held?.stuck === undefined ? '' : `. It cannot be taken off there: ${rootError(held.stuck.error)}`}.`,
    evidence: [
      fromEvent(check.event),
      ...(held?.stuck === undefined
        ? []
        : [fromStatus(held.stuck.ref, 'status.detachError.message', held.stuck.error, held.stuck.time)]),
      ...(held?.pod === undefined ? [] : [fromSpec(refTo('Pod', held.pod), 'spec.nodeName', held.node)]),
    ],
    because:
      held === undefined
        ? []
        : [
            { object: refByName('Node', '', held.node), codes: ['node.'] },
            ...(held.pod === undefined ? [] : [{ object: refTo('Pod', held.pod), codes: ['pod.terminating'] }]),
          ],
  };
}

function driverOf(mounted: Mounted): string {
  return mounted.persistent?.spec.csi?.driver ?? mounted.volume.csi?.driver ?? '';
}

/** DaemonSets that bring the driver to the nodes: why it is not on this one may be known of them. */
function bringers(snapshot: Snapshot, driver: string): Finding['because'] {
  if (driver === '') return [];
  const owners = driverPods(snapshot, driver)
    .map((pod) => workloadOf(snapshot, pod))
    .filter((ref) => ref.kind === 'DaemonSet');
  return distinctBy(owners, refKey).map((object) => ({ object, codes: ['daemonset.', 'pod.', 'workload.'] }));
}

/** The driver's own pods on the node: what fails there keeps its volumes away from the node. */
function driverOn(snapshot: Snapshot, driver: string, node: string): Finding['because'] {
  if (driver === '') return [];
  return driverPods(snapshot, driver)
    .filter((pod) => pod.spec.nodeName === node && !isReady(pod))
    .map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.'] }));
}

function tellDriver(check: MountCheck): Pick<Finding, 'cause' | 'evidence' | 'because'> {
  const node = check.pod.spec.nodeName ?? '';
  const driver = driverOf(check.mounted);
  const csiNode = check.snapshot.get('CSINode', '', node);
  const known = csiNode?.spec.drivers.map((d) => d.name).join(', ') ?? '';
  return {
    cause: `${what(check.mounted)} needs CSI driver ${driver === '' ? 'that' : `"${driver}"`}, which is not registered on node ${node}.`,
    evidence: [
      fromEvent(check.event),
      ...(csiNode === undefined
        ? []
        : [fromSpec(refTo('CSINode', csiNode), 'spec.drivers', known === '' ? 'none' : known)]),
    ],
    because: [{ object: refByName('Node', '', node), codes: ['node.'] }, ...bringers(check.snapshot, driver)],
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
  [helperMissing.code, 'cannot be mounted: the program that mounts its file system is missing'],
  [wrongFileSystem.code, 'cannot be mounted: its file system is damaged, or not the expected one'],
  [pathMissing.code, 'cannot be mounted: its folder does not exist on the node'],
  [deviceBusy.code, 'cannot be mounted: something else holds its device'],
  [storeUnreachable.code, 'cannot be mounted: the store that holds it is not reached'],
  [mountFailed.code, 'cannot be mounted'],
]);

/** Codes whose sentence does not say why by itself. */
const unexplained = new Set([
  attachFailed.code,
  deviceBusy.code,
  mountFailed.code,
  nfsDenied.code,
  nfsUnreachable.code,
  storeUnreachable.code,
]);

/** What the cloud says word for word of several volumes is one trouble, unless it names a volume. */
function sharedReason({ mounted, pod }: MountCheck, code: string, why: string): Pick<Finding, 'sharedWith'> {
  const own = [
    mounted.volume.name,
    mounted.claim ?? '',
    mounted.persistent?.metadata.name ?? '',
    mounted.persistent?.spec.csi?.volumeHandle ?? '',
    pod.metadata.name,
  ].filter((name) => name !== '');
  return code !== attachFailed.code || why === '' || own.some((name) => why.includes(name)) ? {} : { sharedWith: why };
}

/** Why, in the words of who could not mount it; empty where they say nothing, or nothing more than the sentence does. */
function reasonOf(message: string, code: CodeEntry): string {
  if (code === wrongFileSystem) return rootError(damageIn(message));
  return unexplained.has(code.code) ? rootError(message) : '';
}

function tellPlain(
  check: MountCheck,
  code: CodeEntry,
): Pick<Finding, 'cause' | 'evidence' | 'because' | 'sharedWith'> & Partial<Finding> {
  const { snapshot, pod, mounted, event } = check;
  const error = (attachments(snapshot).get(mounted.persistent?.metadata.name ?? '') ?? []).find(
    (a) => a.error !== '' && a.node === pod.spec.nodeName,
  );
  const node = pod.spec.nodeName ?? '';
  const why = readMessage(event.reason, event.message).vague ? '' : reasonOf(error?.error ?? event.message, code);
  const absent = providerAbsence(check.snapshot, check.pod, check.event.message);
  const steps = [...(absent === undefined ? [] : [absent.step]), ...mountSteps(event.message)];
  const type = code === helperMissing ? (/ -t ([a-z0-9.]{2,20}) /.exec(event.message)?.[1] ?? '') : '';
  const claim =
    mounted.claim === undefined
      ? []
      : [{ object: refByName('PersistentVolumeClaim', pod.metadata.namespace, mounted.claim) }];
  const server = (mounted.persistent?.spec.nfs ?? mounted.volume.nfs)?.server ?? '';
  const inside = server === '' ? undefined : serviceOfHost(snapshot, server, pod.metadata.namespace);
  const service = inside === undefined ? [] : [{ object: refByName('Service', inside.namespace, inside.name) }];
  return {
    cause: `${what(mounted)}${place(mounted)} of pod "${pod.metadata.name}" ${sayings.get(code.code) ?? 'cannot be mounted'} on node ${node}${why === '' ? '' : `: ${why}`}${type === '' ? '' : ` (mount.${type})`}.${absent?.sentence ?? ''}`,
    evidence: [
      fromEvent(event),
      ...(absent?.evidence ?? []),
      ...(error === undefined ? [] : [fromStatus(error.ref, 'status.attachError.message', error.error, error.time)]),
    ],
    ...(steps.length === 0 ? {} : { nextSteps: [...steps, ...code.nextSteps] }),
    ...sharedReason(check, code.code, why),
    because: [
      ...claim,
      ...service,
      ...storageBackends(snapshot, driverOf(mounted)),
      ...driverOn(snapshot, driverOf(mounted), node),
      { object: refByName('Node', '', node), codes: ['node.'] },
    ],
  };
}

const amazonFileSystem = 'efs.csi.aws.com';
/** Its server is reached through a tunnel of the driver, and admits by policy, not by export. */
const identitySteps = [
  'If the file system has a policy that asks for an identity, mount with it: add `iam` (and `tls`) to `mountOptions` of the PersistentVolume or of its StorageClass, and grant the role of the driver elasticfilesystem:ClientMount and ClientWrite.',
  'Where an access point is used, compare its id in the volume handle with that of the policy.',
] as const;

const detaching = 3 * 60_000;

/** A volume that follows its pod to another node is detached first, which takes a moment; that of a pod which stays is not. */
function isMoving(check: MountCheck): boolean {
  return (
    heldElsewhere(check)?.pod === undefined &&
    (ageOf(check.snapshot, check.pod.metadata.creationTimestamp) ?? Infinity) < detaching
  );
}

/** What the event says of the volume, with what the cluster's objects add to it. */
export function tell(check: MountCheck): Finding {
  const { code, vague } = readMessage(check.event.reason, check.event.message);
  const told =
    code === multiAttach
      ? tellMultiAttach(check)
      : code === driverNotRegistered
        ? tellDriver(check)
        : tellPlain(check, code);
  return finding(code, {
    object: refTo('Pod', check.pod),
    ...(code === nfsDenied && driverOf(check.mounted) === amazonFileSystem ? { nextSteps: [...identitySteps] } : {}),
    ...told,
    confidence: vague ? 'medium' : 'high',
    since: check.event.first ?? check.pod.metadata.creationTimestamp ?? '',
    facet: check.mounted.volume.name,
    ...(code === multiAttach && isMoving(check) ? { standing: 'progressing' as const } : {}),
  });
}
