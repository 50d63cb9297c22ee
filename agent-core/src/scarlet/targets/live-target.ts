import type { Manifest } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { nameList } from '../../reading/name-list.ts';
import { nearMatches } from '../../reading/near-match.ts';
import type { Live } from '../action.ts';
import { malformed, refuse } from '../refusal.ts';

/** Objects of the kind beside it whose names are near, for who named it by hand; nothing where they cannot be listed. */
async function namesNear(
  { apiVersion, kind, namespace, name }: ObjectRef,
  { cluster, signal }: Live,
): Promise<readonly string[]> {
  try {
    const beside = await cluster.list({ apiVersion, kind, namespace }, { signal });
    return nearMatches(
      name,
      beside.map(({ metadata }) => metadata.name),
    );
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code === 'interrupted') throw error;
    return [];
  }
}

/** What was seen before has gone since; a name that nothing has is no request. */
async function missing(target: ObjectRef, live: Live): Promise<never> {
  const what = `${refText(target)} does not exist.`;
  if (target.uid !== '') return refuse(what, 'Diagnose again; the cluster has changed.');
  const near = await namesNear(target, live);
  return malformed(
    what,
    near.length > 0 ? `Did you mean ${nameList(near)}?` : 'Look for its name, and for its namespace.',
  );
}

/**
 * The target as it is now. Refused when it has gone, or is another object of the same name than the one that was seen;
 * `change.invalid` when nobody has seen one and nothing has the name.
 */
export async function liveTarget(target: ObjectRef, live: Live): Promise<Manifest> {
  const object = await live.cluster.get(target, { signal: live.signal });
  if (object === undefined) return await missing(target, live);
  if (target.uid !== '' && object.metadata['uid'] !== target.uid) {
    return refuse(
      `${refText(target)} is not the object that was diagnosed: it was deleted and made anew.`,
      'Diagnose again; the cluster has changed.',
    );
  }
  if (typeof object.metadata['deletionTimestamp'] === 'string') {
    return refuse(`${refText(target)} is being deleted.`, 'Wait until it is gone.');
  }
  return object;
}
