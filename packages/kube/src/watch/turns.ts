/** To be awaited between pieces of work by everyone who shares it. */
export type Turns = () => Promise<void> | undefined;

/**
 * Lets the event loop go on after `sliceMs` of work, whoever did it. Of those who wait, one goes on in each turn of the
 * loop: together they never hold it up for longer than one alone.
 */
export function createTurns(sliceMs = 12): Turns {
  const waiting: (() => void)[] = [];
  let began = performance.now();
  let expecting = false;
  const next = (): void => {
    began = performance.now();
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  const fresh = (): void => {
    expecting = false;
    began = performance.now();
  };
  return () => {
    // The slice counts from the loop's last turn, not from the last time that somebody had to wait.
    if (!expecting) {
      expecting = true;
      setImmediate(fresh);
    }
    if (performance.now() - began < sliceMs && waiting.length === 0) return undefined;
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
  };
}
