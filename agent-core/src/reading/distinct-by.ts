/** The first of those that have the same key, in their order. */
export function distinctBy<T>(items: Iterable<T>, key: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of items) {
    const held = key(item);
    if (!seen.has(held)) seen.set(held, item);
  }
  return [...seen.values()];
}
