import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { isRecord } from '@autodevops/domain/raw-record';
import { appliedFields } from './applied-fields.ts';
import type { Json } from './field-patch.ts';

/** The live object's values of the fields that a manifest sets; fields that it does not have are left out. */
function formerValues(live: unknown, wanted: unknown): Json | undefined {
  if (live === undefined || !isRecord(live) || !isRecord(wanted)) return live as Json | undefined;
  const entries = Object.keys(wanted).flatMap((key) => {
    const former = Object.hasOwn(live, key) ? formerValues(live[key], wanted[key]) : undefined;
    return former === undefined ? [] : [[key, former] as const];
  });
  return Object.fromEntries(entries);
}

/** Both; where both have a value, that of the first. */
function union(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (!isRecord(first) || !isRecord(second)) return first;
  const keys = new Set([...Object.keys(second), ...Object.keys(first)]);
  return Object.fromEntries([...keys].map((key) => [key, union(first[key], second[key])] as const));
}

/**
 * What takes the apply of a manifest back, from the object as it is before: applied by the same manager, what stood in
 * it gets its former value, and what did not is given up, so the server removes it. What an earlier apply set and this
 * one leaves out is set again.
 */
export function formerApply(manifest: Manifest, live: Manifest): Extract<ClusterOperation, { verb: 'apply' }> {
  const {
    kind,
    apiVersion,
    metadata: { name, namespace },
    ...rest
  } = manifest;
  const former = formerValues(live, { ...rest, metadata: manifest.metadata });
  const { metadata, ...fields } = union(former, appliedFields(live)) as Record<string, object>;
  return {
    verb: 'apply',
    object: {
      apiVersion,
      kind,
      ...fields,
      metadata: { ...metadata, name, ...(namespace === undefined ? {} : { namespace }) },
    },
    force: false,
  };
}
