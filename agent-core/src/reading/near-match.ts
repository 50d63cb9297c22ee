/** Optimal string alignment distance, given up (returns `limit + 1`) once it cannot be within the limit. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/**
 * The names a person may have meant, nearest first, at most three: alike but for case or separators, a few letters
 * apart (a third of the length, three at most), or one within the other (four letters or more).
 */
export function nearMatches(wanted: string, candidates: Iterable<string>): readonly string[] {
  const flat = (s: string): string => s.toLowerCase().replaceAll(/[-_.]/g, '');
  const target = flat(wanted);
  if (target === '') return [];
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  const scored: { name: string; distance: number }[] = [];
  for (const name of new Set(candidates)) {
    if (name === wanted) continue;
    const candidate = flat(name);
    let distance = candidate === target ? 0 : editDistance(target, candidate, limit);
    const contained = candidate.includes(target) || target.includes(candidate);
    if (distance > limit && contained && Math.min(candidate.length, target.length) >= 4) distance = limit;
    if (distance <= limit) scored.push({ name, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return scored.slice(0, 3).map((s) => s.name);
}
