/**
 * Calls `late` after so many milliseconds, unless it is cancelled before. What came in while this process had no turn (a
 * busy machine, a long piece of work, a laptop that slept) is read first: one turn of the event loop lies between.
 * Returns what cancels it.
 */
export function deadline(milliseconds: number, late: () => void): () => void {
  let lastTurn: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    lastTurn = setImmediate(late);
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    clearImmediate(lastTurn);
  };
}
