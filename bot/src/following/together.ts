type Work = (signal: AbortSignal) => Promise<void>;

/** Works that end together: the first that fails ends the others, and is thrown when all have ended. */
export async function together(outer: AbortSignal, works: readonly Work[]): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([outer, ending.signal]);
  const failures: unknown[] = [];
  await Promise.all(
    works.map(async (work) => {
      await work(signal).catch((error: unknown) => {
        if (!signal.aborted) failures.push(error);
        ending.abort();
      });
    }),
  );
  if (failures.length > 0) throw failures[0];
}
