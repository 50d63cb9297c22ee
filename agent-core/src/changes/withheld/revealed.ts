import type { ClusterOperation, Manifest, WithheldValue } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import type { ClusterView } from '@autodevops/domain/ports/cluster-objects';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import { pathOf } from '../undoing/recovery.ts';

/** The operation as it is sent, or the sentence that says why it cannot be. */
export type Revealed = { readonly operation: ClusterOperation } | { readonly says: string };

type Get = ClusterView['get'];

function obstacle({ object, generation, path }: WithheldValue, found: Manifest | undefined): string | undefined {
  const name = refText(object);
  if (found === undefined || found.metadata['uid'] !== object.uid) {
    return `A value that is not recorded cannot be read any more: ${name}, which held it, is gone.`;
  }
  if (generation !== undefined && found.metadata['generation'] !== generation) {
    return `A value that is not recorded may be another one now: ${name}, which held it, was changed.`;
  }
  return typeof fieldAt(found, pathOf(path)) === 'string'
    ? undefined
    : `A value that is not recorded cannot be read any more: ${name} does not hold it.`;
}

function put(operation: ClusterOperation, at: string, value: unknown): void {
  const path = pathOf(at);
  const parent = fieldAt(operation, path.slice(0, -1));
  if (typeof parent === 'object' && parent !== null) {
    (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
  }
}

/** Puts the values that are not recorded back into an operation, from the objects that hold them. Throws `cluster.*` when these cannot be read. */
export async function revealed(operation: ClusterOperation, get: Get, signal: AbortSignal): Promise<Revealed> {
  if (!('withheld' in operation) || operation.withheld === undefined) return { operation };
  const { withheld, ...rest } = structuredClone(operation) as Extract<
    ClusterOperation,
    { verb: 'patch' | 'create' | 'apply' }
  >;
  const whole = rest as ClusterOperation;
  for (const value of withheld ?? []) {
    const found = await get(value.object, { signal });
    const says = obstacle(value, found);
    if (says !== undefined) return { says };
    put(whole, value.at, fieldAt(found, pathOf(value.path)));
  }
  return { operation: whole };
}
