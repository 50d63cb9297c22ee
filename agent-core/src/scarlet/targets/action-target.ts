import { groupOf } from '@autodevops/domain/kubernetes/api-version';
import { apiVersionOf, isKindName, kinds } from '@autodevops/domain/kubernetes/kinds';
import { refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { nameList } from '../../reading/name-list.ts';
import type { Action, Live } from '../action.ts';
import { controllerOf } from './controller.ts';
import { malformed, refuse } from '../refusal.ts';

/** In the version that we read, and with a namespace exactly where the kind has one. */
function readable(target: ObjectRef): ObjectRef {
  if (!isKindName(target.kind)) return target;
  const { group, namespaced } = kinds[target.kind];
  if (groupOf(target.apiVersion) !== group) {
    return malformed(
      `${target.apiVersion} has no ${target.kind} that this action knows.`,
      `It is of ${apiVersionOf(target.kind)}.`,
    );
  }
  if (namespaced !== (target.namespace !== '')) {
    return malformed(
      `${refText(target)} ${namespaced ? 'is named without its namespace' : 'has no namespace'}.`,
      'Correct the target.',
    );
  }
  return { ...target, apiVersion: apiVersionOf(target.kind) };
}

/**
 * The target of an action, bound to the object that bears the name now. Refused for a kind that the action does not
 * change; what only lives by its controller is refused in favour of that. A name that no object of its kind can have is
 * `change.invalid`.
 */
export async function boundTarget(action: Action, target: ObjectRef, live: Live): Promise<ObjectRef> {
  const proper = readable(target);
  const known = action.kinds.includes(proper.kind);
  const object = known && proper.uid !== '' ? undefined : await live.cluster.get(proper, { signal: live.signal });
  if (known) return { ...proper, uid: proper.uid === '' ? String(object?.metadata['uid'] ?? '') : proper.uid };
  const owner = object === undefined ? undefined : controllerOf(object);
  if (owner !== undefined) {
    return refuse(
      `${refText(proper)} belongs to ${refText(owner)}; ${action.name} on it would not last.`,
      `Ask for the change of ${refText(owner)}.`,
    );
  }
  return refuse(`${action.name} cannot be done to a ${proper.kind}.`, `It is for ${nameList(action.kinds, 8)}.`);
}
