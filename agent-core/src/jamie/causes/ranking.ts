import type { Cause } from '@autodevops/domain/diagnosis';
import { refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { ageOf } from '../../reading/recency.ts';
import { confidenceRank, severityRank } from './cause-group.ts';

/** What ranking knows of a cause beyond its text. */
export interface Ranked {
  readonly cause: Cause;
  readonly impactWeight: number;
  readonly generic: boolean;
  /** Node, control plane or cluster DNS: what everything stands on. */
  readonly foundation: boolean;
}

function recency(snapshot: Snapshot, since: string): number {
  const age = ageOf(snapshot, since);
  if (age === undefined) return 0;
  if (age <= 3_600_000) return 60;
  return age <= 86_400_000 ? 30 : 0;
}

/**
 * Severity first; within it who notices (an entry from outside, a Service), what everything stands on, how much hangs
 * under it, how certain, how recent. The numbers only order; they are not shown.
 */
export function score(snapshot: Snapshot, ranked: Ranked): number {
  const { cause } = ranked;
  return (
    severityRank(cause.severity) * 1000 +
    ranked.impactWeight * 80 +
    (ranked.foundation ? 150 : 0) +
    Math.min(120, Math.round(20 * Math.log2(1 + cause.symptoms.length))) +
    confidenceRank(cause.confidence) * 60 +
    recency(snapshot, cause.since) -
    (ranked.generic ? 100 : 0)
  );
}

/** Best first; equal scores by code and object, so that the order of the input does not matter. */
export function rank(snapshot: Snapshot, causes: readonly Ranked[]): readonly Cause[] {
  return causes
    .map((ranked) => ({ cause: ranked.cause, score: score(snapshot, ranked) }))
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        a.cause.code.localeCompare(b.cause.code) ||
        refKey(a.cause.object).localeCompare(refKey(b.cause.object)) ||
        a.cause.cause.localeCompare(b.cause.cause),
    )
    .map(({ cause }, index) => ({ ...cause, rank: index + 1 }));
}
