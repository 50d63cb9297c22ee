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
  const turned = (): void => {
    expecting = false;
  };
  return () => {
    if (!expecting) {
      // The first piece of work in this turn of the loop has just been done.
      expecting = true;
      began = performance.now();
      setImmediate(turned);
    }
    if (performance.now() - began < sliceMs && waiting.length === 0) return undefined;
    return new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
  };
}
