import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import type { Json } from './field-patch.ts';

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The live object's values of the fields that a manifest sets; fields that it does not have are left out. */
function formerValues(live: unknown, wanted: unknown): Json | undefined {
  if (live === undefined || !isMap(live) || !isMap(wanted)) return live as Json | undefined;
  const entries = Object.keys(wanted).flatMap((key) => {
    const former = Object.hasOwn(live, key) ? formerValues(live[key], wanted[key]) : undefined;
    return former === undefined ? [] : [[key, former] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * What takes the apply of a manifest back, from the object as it is before: applied by the same manager, what stood in
 * it gets its former value, and what did not is given up, so the server removes it.
 */
export function formerApply(manifest: Manifest, live: Manifest): Extract<ClusterOperation, { verb: 'apply' }> {
  const {
    kind,
    apiVersion,
    metadata: { name, namespace },
    ...rest
  } = manifest;
  const { metadata, ...fields } = formerValues(live, { ...rest, metadata: manifest.metadata }) as Record<
    string,
    object
  >;
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
