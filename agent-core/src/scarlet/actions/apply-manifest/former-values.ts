import type { Json } from '../../field-patch.ts';

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The live object's values of the fields that a manifest sets. Applied by the same manager they take the apply back:
 * what stands in it gets its former value, and what does not is given up, so the server removes it.
 */
export function formerValues(live: unknown, wanted: unknown): Json | undefined {
  if (live === undefined || !isMap(live) || !isMap(wanted)) return live as Json | undefined;
  const entries = Object.keys(wanted).flatMap((key) => {
    const former = Object.hasOwn(live, key) ? formerValues(live[key], wanted[key]) : undefined;
    return former === undefined ? [] : [[key, former] as const];
  });
  return Object.fromEntries(entries);
}
