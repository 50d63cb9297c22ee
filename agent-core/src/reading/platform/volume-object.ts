import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../per-snapshot.ts';
import { refToCustom } from './custom-objects.ts';

const byName = perSnapshot((snapshot) => Map.groupBy(snapshot.custom, (object) => object.metadata.name));

/** Objects by which a store in the cluster keeps account of a volume (Longhorn, OpenEBS, LINSTOR): they bear its name or its handle. */
export function volumeObjects(snapshot: Snapshot, volume: PersistentVolume | undefined): readonly ObjectRef[] {
  const names = [volume?.metadata.name ?? '', volume?.spec.csi?.volumeHandle ?? ''].filter((name) => name !== '');
  return [...new Set(names)].flatMap((name) => byName(snapshot).get(name) ?? []).map(refToCustom);
}
