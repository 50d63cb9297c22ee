import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { readLike } from '@autodevops/domain/kubernetes/shape';
import { createKeeper } from '../reader/keeper.ts';
import type { ListSource } from '../reader/list-source.ts';
import type { RawObject } from './follow.ts';

/**
 * Projects raw objects, and shares with the object's former version, else with the last one of the same controller, what
 * they have in common.
 */
export type SharingReader = (read: { readonly kind: KindName; readonly source: ListSource; readonly raw: RawObject; readonly before: object | undefined }) => object;

const mostGroups = 20_000;

function groupOf(kind: KindName, { metadata }: RawObject): string {
  const owners = metadata['ownerReferences'] as readonly ({ readonly uid?: unknown } | null)[] | undefined;
  const owner = Array.isArray(owners) ? owners[0]?.uid : undefined;
  return typeof owner === 'string' ? `${kind} ${owner}` : kind;
}

export function createSharingReader(): SharingReader {
  const keeper = createKeeper();
  let latest = new Map<string, object>();
  return ({ kind, source, raw, before }) => {
    const { shape } = kinds[kind];
    const group = groupOf(kind, raw);
    const like = before ?? latest.get(group);
    const object = source.read === shape.read ? (readLike<unknown>(shape)(raw, like, keeper.keepLike) as object) : keeper.keepLike(source.read(raw), like ?? {});
    if (latest.size >= mostGroups) latest = new Map();
    latest.set(group, object);
    return object;
  };
}
