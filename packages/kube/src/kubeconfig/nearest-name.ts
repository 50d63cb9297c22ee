/** How many characters have to be put in, taken out, replaced or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (older[j - 2] ?? 0) + 1 : replaced;
      row.push(Math.min(replaced, swapped, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    older = before;
    before = row;
  }
  return before[b.length] ?? 0;
}

/** The name that was probably meant: one that holds what was written, or that a slip or two lead to. Names over 100 characters are not looked at. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  if (wanted === '' || wanted.length > 100) return undefined;
  let nearest: { readonly name: string; readonly slips: number } | undefined;
  for (const name of names) {
    if (name.length > 100) continue;
    const lower = name.toLowerCase();
    const slips = wanted.length >= 3 && lower.includes(wanted) ? 1 : distance(wanted, lower);
    if (slips <= Math.max(1, Math.floor(wanted.length / 4)) && (nearest === undefined || slips < nearest.slips)) {
      nearest = { name, slips };
    }
  }
  return nearest?.name;
}
