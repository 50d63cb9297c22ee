import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Live } from '../action.ts';

const Owners = z
  .array(
    z.looseObject({
      apiVersion: z.string(),
      kind: z.string(),
      name: z.string(),
      uid: z.string(),
      controller: z.boolean().optional(),
    }),
  )
  .catch([]);

/** The controller that the object names: what makes it anew, and what people change instead of it. */
export function controllerOf(object: Manifest): ObjectRef | undefined {
  const owner = Owners.parse(object.metadata['ownerReferences'] ?? []).find(({ controller }) => controller === true);
  if (owner === undefined) return undefined;
  const { apiVersion, kind, name, uid } = owner;
  return { apiVersion, kind, namespace: object.metadata.namespace ?? '', name, uid };
}

/** Objects of a kind that a controller owns, by uid: another object of the same name owns nothing of it. */
export async function ownedBy(
  controller: Manifest,
  owned: { readonly apiVersion: string; readonly kind: string },
  live: Live,
): Promise<readonly Manifest[]> {
  const all = await live.cluster.list(
    { ...owned, namespace: controller.metadata.namespace ?? '' },
    { signal: live.signal },
  );
  return all.filter((object) => controllerOf(object)?.uid === controller.metadata['uid']);
}

/**
 * What would make the object anew: its controller, if that is still there. A controller of a kind that is not ours to
 * read (an operator's) is taken at its word.
 */
export async function remakerOf(object: Manifest, live: Live): Promise<ObjectRef | undefined> {
  const owner = controllerOf(object);
  if (owner === undefined || owner.kind === 'Node' || !isKindName(owner.kind)) return owner;
  const found = await live.cluster.get(owner, { signal: live.signal });
  return found?.metadata['uid'] === owner.uid ? owner : undefined;
}
