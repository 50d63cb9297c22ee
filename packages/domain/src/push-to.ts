/** Adds a value to the list that a map holds for a key; begins the list when there is none. */
export function pushTo<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const held = index.get(key);
  if (held === undefined) index.set(key, [value]);
  else held.push(value);
}
