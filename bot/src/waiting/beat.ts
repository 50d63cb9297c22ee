/**
 * Whoever waits for the next beat goes on with all who do: what they write then comes into one commit. A beat begins with
 * the first who waits for it.
 */
export function beat(milliseconds: number, wait: (milliseconds: number) => Promise<void>): () => Promise<void> {
  let next: Promise<void> | undefined;
  return async () => {
    next ??= wait(milliseconds).finally(() => {
      next = undefined;
    });
    await next;
  };
}
