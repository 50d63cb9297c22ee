import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import { fromEvent, fromStatus } from '../../evidence/finding.ts';
import { mountSteps } from '../../evidence/mount-steps.ts';
import { serviceOfHost } from '../../reading/network/host-references.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { storageBackends } from '../../reading/platform/storage-backend.ts';
import { volumeObjects } from '../../reading/platform/volume-object.ts';
import {
  attachFailed,
  deviceBusy,
  helperMissing,
  mountFailed,
  nfsDenied,
  nfsUnreachable,
  pathMissing,
  storeUnreachable,
  wrongFileSystem,
} from './codes.ts';
import { damageIn, readMessage } from './messages.ts';
import { providerAbsence } from './secret-provider.ts';
import { attachments } from './attachments.ts';
import { driverOn } from './driver.ts';
import { mountedText, driverOf } from './mounted.ts';
import type { Mounted, MountCheck } from './mounted.ts';

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

/** Any other failure to attach or mount, in the words of who could not. */
export function tellMountFailure(
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
    cause: `${mountedText(mounted)}${place(mounted)} of pod "${pod.metadata.name}" ${sayings.get(code.code) ?? 'cannot be mounted'} on node ${node}${why === '' ? '' : `: ${why}`}${type === '' ? '' : ` (mount.${type})`}.${absent?.sentence ?? ''}`,
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
      ...volumeObjects(snapshot, mounted.persistent).map((object) => ({ object })),
      ...driverOn(snapshot, driverOf(mounted), node),
      { object: refByName('Node', '', node), codes: ['node.'] },
    ],
  };
}
