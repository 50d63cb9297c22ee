function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index);
    index += 1;
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [item]);
    else held.push(item);
  }
  return groups;
}

/** Adds what Node 20 lacks of what the code uses; does nothing on newer ones. Called before anything else is loaded. */
export function addWhatOlderNodeLacks(): void {
  const map: { groupBy?: unknown } = Map;
  if (map.groupBy === undefined) {
    Object.defineProperty(Map, 'groupBy', { value: groupBy, configurable: true, writable: true });
  }
}
