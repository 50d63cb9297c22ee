import type { Finding } from '@autodevops/domain/finding';
import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { claimsOf } from '../../reading/pods/volumes/claim-users.ts';
import { isFinished, isTerminating } from '../../reading/pods/pod-status.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  attachFailed,
  deviceBusy,
  driverNotRegistered,
  helperMissing,
  mountFailed,
  multiAttach,
  nfsDenied,
  nfsUnreachable,
  ownershipSlow,
  pathMissing,
  storeUnreachable,
  wrongFileSystem,
} from './codes.ts';
import { unmountedVolumes } from './messages.ts';
import { checkOwnership } from './ownership.ts';
import { tell } from './telling.ts';
import type { Mounted } from './mounted.ts';

function keptOutside(snapshot: Snapshot, pod: Pod): readonly Mounted[] {
  const claims = new Map(claimsOf(pod).map((c) => [c.volume, c.claim]));
  return pod.spec.volumes.flatMap((volume): Mounted[] => {
    const claim = claims.get(volume.name);
    if (claim === undefined) {
      return volume.nfs === undefined && volume.csi === undefined ? [] : [{ volume, claim, persistent: undefined }];
    }
    const bound = snapshot.get('PersistentVolumeClaim', pod.metadata.namespace, claim)?.spec.volumeName ?? '';
    return [{ volume, claim, persistent: bound === '' ? undefined : snapshot.get('PersistentVolume', '', bound) }];
  });
}

/** Containers do not exist yet: the kubelet still prepares the pod. */
function isPreparing(pod: Pod): boolean {
  if ((pod.spec.nodeName ?? '') === '' || isFinished(pod) || isTerminating(pod)) return false;
  const statuses = [...pod.status.initContainerStatuses, ...pod.status.containerStatuses];
  return statuses.every(
    (s) => s.state.running === undefined && s.state.terminated === undefined && s.lastState.terminated === undefined,
  );
}

/** The volume that a message speaks of: by the pod's name for it, or the PersistentVolume's. Messages quote the names. */
function spokenOf(event: ClusterEvent, mounted: readonly Mounted[]): Mounted | undefined {
  const { message } = event;
  const names = (m: Mounted): readonly string[] =>
    [m.volume.name, m.persistent?.metadata.name ?? ''].filter((name) => name !== '');
  const quoted = mounted.find((m) => names(m).some((name) => message.includes(`"${name}"`)));
  if (quoted !== undefined) return quoted;
  const unmounted = unmountedVolumes(message);
  const found = unmounted.map((name) => mounted.find((m) => m.volume.name === name));
  // Where something else (a ConfigMap, say) is missing as well, that has its own event, which says why.
  return found.includes(undefined) ? undefined : found[0];
}

function checkPod(snapshot: Snapshot, pod: Pod): readonly Finding[] {
  if (!isPreparing(pod)) return [];
  const ref = refTo('Pod', pod);
  const mounted = keptOutside(snapshot, pod);
  const slow = checkOwnership(snapshot, pod, mounted);
  if (slow !== undefined) return [slow];
  const events = newestEvents(snapshot, ref, 'FailedMount', 'FailedAttachVolume').filter((e) =>
    isRecent(snapshot, e.last),
  );
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
  codes: [
    multiAttach,
    attachFailed,
    driverNotRegistered,
    nfsUnreachable,
    nfsDenied,
    helperMissing,
    wrongFileSystem,
    deviceBusy,
    pathMissing,
    storeUnreachable,
    ownershipSlow,
    mountFailed,
  ],
  analyze: (snapshot) => snapshot.list('Pod').flatMap((pod) => checkPod(snapshot, pod)),
};
