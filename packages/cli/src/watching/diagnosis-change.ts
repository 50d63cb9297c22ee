import type { Cause, Diagnosis, Verdict } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';

/** What set one answer apart from the one before. */
export type DiagnosisChange =
  | { readonly what: 'appeared' | 'resolved'; readonly cause: Cause }
  | { readonly what: 'worse' | 'better'; readonly cause: Cause; readonly before: Cause }
  | { readonly what: 'verdict'; readonly verdict: Verdict; readonly before: Verdict };

/** The same for the same trouble; several of one code at one object are told apart by their sentence. */
function keyed(causes: readonly Cause[]): ReadonlyMap<string, Cause> {
  const counts = new Map<string, number>();
  return new Map(
    causes
      .toSorted((a, b) => a.cause.localeCompare(b.cause))
      .map((cause) => {
        const base = `${cause.code}|${refKey(cause.object)}`;
        const count = counts.get(base) ?? 0;
        counts.set(base, count + 1);
        return [`${base}|${count}`, cause];
      }),
  );
}

const order = { info: 0, warning: 1, critical: 2 } as const;

/** Made and ended by their workload: how many of them a loop of crashes or of jobs has at a moment says nothing. */
const passing = new Set(['Pod', 'ReplicaSet', 'Job']);

/** How many objects of those that people look after a cause affects. */
export function reach({ symptoms }: Cause): number {
  return symptoms.filter(({ object }) => !passing.has(object.kind)).length;
}

function compare(before: Cause, after: Cause): 'worse' | 'better' | undefined {
  const graver = order[after.severity] - order[before.severity];
  const wider = reach(after) - reach(before);
  if (graver > 0 || (graver === 0 && wider > 0)) return 'worse';
  return graver < 0 || wider < 0 ? 'better' : undefined;
}

/** What changed from one diagnosis to the next: what is new first, what is gone last. Changed wording alone is nothing. */
export function changesBetween(before: Diagnosis, after: Diagnosis): readonly DiagnosisChange[] {
  const [old, now] = [keyed(before.causes), keyed(after.causes)];
  const changes: DiagnosisChange[] = [];
  for (const [key, cause] of now) {
    const held = old.get(key);
    const what = held === undefined ? undefined : compare(held, cause);
    if (held === undefined) changes.push({ what: 'appeared', cause });
    else if (what !== undefined) changes.push({ what, cause, before: held });
  }
  for (const [key, cause] of old) if (!now.has(key)) changes.push({ what: 'resolved', cause });
  if (before.verdict !== after.verdict) {
    changes.push({ what: 'verdict', verdict: after.verdict, before: before.verdict });
  }
  const places = { appeared: 0, worse: 1, better: 2, resolved: 3, verdict: 4 };
  return changes.toSorted((a, b) => places[a.what] - places[b.what]);
}
