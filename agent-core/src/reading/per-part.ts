/** What is found in a part of objects alone: found once for all objects that share the part. */
export function perPart<P extends object, T>(find: (part: P) => T): (part: P) => T {
  const held = new WeakMap<P, { readonly found: T }>();
  return (part) => {
    let entry = held.get(part);
    if (entry === undefined) held.set(part, (entry = { found: find(part) }));
    return entry.found;
  };
}
