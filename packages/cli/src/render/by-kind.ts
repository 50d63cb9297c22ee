import { counted } from '@autodevops/domain/count-words';

/** How many of each kind: "12 Pods, 2 Deployments", the most first. */
export function byKind(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .map(([kind, count]) => counted(count, kind))
    .join(', ');
}
