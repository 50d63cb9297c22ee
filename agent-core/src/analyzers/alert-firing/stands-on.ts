import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { callsKnown } from '../../reading/network/calls-known.ts';
import { claimsOf } from '../../reading/pods/volumes/claim-users.ts';
import { podsStandingFor } from '../../reading/pods/pods-standing-for.ts';

const hops = 3;

/** What an object calls, what that calls, and so on: alerts skip those between that nobody watches. */
function calledInTurn(snapshot: Snapshot, object: ObjectRef): readonly ObjectRef[] {
  const reached = new Map<string, ObjectRef>();
  let from: readonly ObjectRef[] = [object];
  for (let hop = 0; hop < hops && from.length > 0; hop += 1) {
    from = from
      .flatMap((ref) => callsKnown(snapshot, ref))
      .filter((ref) => refKey(ref) !== refKey(object) && !reached.has(refKey(ref)));
    for (const ref of from) reached.set(refKey(ref), ref);
  }
  return [...reached.values()];
}

/** Volumes that the pods of an object have mounted. */
function claimsUnder(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  return podsStandingFor(snapshot, ref).flatMap((pod) =>
    claimsOf(pod).map(({ claim }) => refByName('PersistentVolumeClaim', pod.metadata.namespace, claim)),
  );
}

/** By the snapshot itself, not by its objects: logs tell who calls whom, too. */
const held = new WeakMap<Snapshot, Map<string, readonly ObjectRef[]>>();

/** What an object calls, at first or second hand, with the volumes of all of them. Read once: many alerts are about the same few. */
export function standsOn(snapshot: Snapshot, object: ObjectRef): readonly ObjectRef[] {
  let known = held.get(snapshot);
  if (known === undefined) held.set(snapshot, (known = new Map()));
  const key = refKey(object);
  let found = known.get(key);
  if (found === undefined) {
    const called = calledInTurn(snapshot, object);
    known.set(key, (found = [...called, ...[object, ...called].flatMap((ref) => claimsUnder(snapshot, ref))]));
  }
  return found;
}
