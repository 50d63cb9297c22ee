import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MountOfPath } from './mount-of-path.ts';

/** Drivers of shares, whose files several machines have open. */
const drivers: ReadonlyMap<string, string> = new Map([
  ['nfs.csi.k8s.io', 'NFS'],
  ['smb.csi.k8s.io', 'SMB'],
  ['efs.csi.aws.com', 'Amazon EFS'],
  ['file.csi.azure.com', 'Azure Files'],
  ['filestore.csi.storage.gke.io', 'Filestore'],
]);

/** What kind of share is mounted there; undefined for a disk, and where its volume is not known. */
export function networkFileSystem(snapshot: Snapshot, pod: Pod, mounted: MountOfPath | undefined): string | undefined {
  const volume = mounted?.volume;
  if (volume === undefined) return undefined;
  if (volume.nfs !== undefined) return 'NFS';
  const claimName = volume.persistentVolumeClaim?.claimName;
  const claim =
    claimName === undefined
      ? undefined
      : snapshot.get('PersistentVolumeClaim', pod.metadata.namespace, claimName)?.spec.volumeName;
  const persistent = claim === undefined ? undefined : snapshot.get('PersistentVolume', '', claim);
  if (persistent?.spec.nfs !== undefined) return 'NFS';
  return drivers.get(persistent?.spec.csi?.driver ?? volume.csi?.driver ?? '');
}
