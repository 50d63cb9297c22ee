/** Nothing that we ask for is nested by more: an object of Kubernetes is by some twenty. */
export const deepestNesting = 100;

/**
 * Whether a value is nested deeper than that. What reads it afterwards may call itself for every level; this does not,
 * because depth is the sender's choice.
 */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestNesting) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
