/** A field with its value. */
export interface Place {
  readonly key: string;
  readonly value: unknown;
}

/** Every field, however deep: an explicit stack, because depth is the writer's choice. */
export function placesIn(root: unknown): readonly Place[] {
  const places: Place[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) for (const [key, inner] of Object.entries(value)) places.push({ key, value: inner });
    for (const inner of Object.values(value) as unknown[]) open.push(inner);
  }
  return places;
}
