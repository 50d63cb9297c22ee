const first = 1000;
const longest = 60_000;
/** After so long a life an agent that ends is a new trouble, not the old one. */
const settled = 120_000;
/** After so many deaths in a row only a person can help. */
const patience = 6;

/** The deaths in a row, after one more: an agent that lived long starts them anew. */
export function deathsInRow(before: number, lived: number): number {
  return lived >= settled ? 1 : before + 1;
}

/** How long to wait before an agent is started again, in milliseconds; undefined where that is given up. */
export function restartDelay(deaths: number): number | undefined {
  return deaths > patience ? undefined : Math.min(longest, first * 2 ** (deaths - 1));
}
