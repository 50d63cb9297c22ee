/** Lets `most` at a time go on. `take` resolves to the function that gives the slot back. */
export function createSlots(most: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let free = most;
  const release = (): void => {
    free += 1;
    waiting.shift()?.();
  };
  return async () => {
    // Another may take the freed slot between the wake-up and this line: look again.
    // oxlint-disable-next-line no-unmodified-loop-condition
    while (free === 0) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    free -= 1;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      release();
    };
  };
}
