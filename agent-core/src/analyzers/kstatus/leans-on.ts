import type { Because } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { customOwnedBy, refToCustom } from '../../reading/platform/custom-objects.ts';
import { operatorStandsOn } from '../../reading/platform/cluster-operator.ts';
import { customNamed, unreachedIn, webhooksNamed } from '../../reading/objects-named.ts';
import { referencesIn, siblingsNamedIn } from '../../reading/references-in.ts';

/** What may be why an object does not work: what its words and its fields name, what it owns, what its operator stands on. */
export function leansOn(snapshot: Snapshot, object: CustomObject, said: string): readonly Because[] {
  const { uid } = object.metadata;
  const typed = snapshot.ownedBy(uid).map(({ kind, object: owned }) => refTo(kind, owned));
  const custom = customOwnedBy(snapshot, uid).map(refToCustom);
  return [
    ...customNamed(snapshot, said),
    ...webhooksNamed(snapshot, said),
    ...unreachedIn(snapshot, said, object.metadata.namespace),
    ...referencesIn(object),
    ...siblingsNamedIn(snapshot, object),
    ...typed,
    ...custom,
  ]
    .slice(0, 100)
    .map((ref): Because => ({ object: ref }))
    .concat(operatorStandsOn(snapshot, object, said));
}
