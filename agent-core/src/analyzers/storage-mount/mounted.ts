import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod, Volume } from '@autodevops/domain/kubernetes/pod';
import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';
import type { Snapshot } from '@autodevops/domain/snapshot';

/** A volume of the pod that is kept outside of it. */
export interface Mounted {
  readonly volume: Volume;
  readonly claim: string | undefined;
  readonly persistent: PersistentVolume | undefined;
}

/** One event about one volume of a pod that is being prepared. */
export interface MountCheck {
  readonly snapshot: Snapshot;
  readonly pod: Pod;
  readonly event: ClusterEvent;
  readonly mounted: Mounted;
}

/** The volume by its name, and by that of its claim. */
export function mountedText(mounted: Mounted): string {
  if (mounted.claim !== undefined) return `Volume "${mounted.volume.name}" (claim "${mounted.claim}")`;
  return `Volume "${mounted.volume.name}"`;
}

/** The CSI driver that brings the volume; empty where none does. */
export function driverOf(mounted: Mounted): string {
  return mounted.persistent?.spec.csi?.driver ?? mounted.volume.csi?.driver ?? '';
}
