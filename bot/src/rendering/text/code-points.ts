/** How Slack counts a text: by Unicode code points, so an emoji is one. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** At most `most` code points, cut at an ellipsis. A half of a surrogate pair is never left. */
export function cutTo(text: string, most: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= most) return whole;
  const points = [...whole];
  return points.length <= most ? whole : `${points.slice(0, Math.max(0, most - 1)).join('')}…`;
}
