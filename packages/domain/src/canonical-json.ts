type Key = readonly [string, unknown];

/** By UTF-16 code units, as RFC 8785 sorts. */
function byKey([a]: Key, [b]: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The one JSON text of a value (RFC 8785): keys sorted, no blanks, numbers and strings as ECMAScript writes them. What
 * digests and the audit chain are made over. Throws a TypeError for what JSON cannot say (NaN, functions, cycles).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((inner) => canonicalJson(inner ?? null)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}.`);
  const pairs = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(byKey);
  return `{${pairs.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}
