import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Live } from './action.ts';
import { refuse } from './refusal.ts';

/** The target as it is now. Refused when it is gone, or is another object of the same name than the one that was seen. */
export async function liveTarget(target: ObjectRef, live: Live): Promise<Manifest> {
  const object = await live.cluster.get(target, { signal: live.signal });
  if (object === undefined) return refuse(`${refText(target)} does not exist.`, 'Diagnose again; the cluster has changed.');
  if (target.uid !== '' && object.metadata['uid'] !== target.uid) {
    return refuse(`${refText(target)} is not the object that was diagnosed: it was deleted and made anew.`, 'Diagnose again; the cluster has changed.');
  }
  if (typeof object.metadata['deletionTimestamp'] === 'string') return refuse(`${refText(target)} is being deleted.`, 'Wait until it is gone.');
  return object;
}
