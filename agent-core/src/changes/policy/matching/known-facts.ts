import type { Facts } from '@autodevops/domain/change/plan';
import type { Circumstances, Question } from '../question.ts';

/** Facts older than this are stale, in milliseconds: a cluster can be another one by then. */
export const factsLast = 120_000;

/** Facts that decisions may lean on; what is absent is not known. */
export type KnownFacts = Partial<Omit<Facts, 'capturedAt' | 'notes'>>;

/** Read too long ago, at a time that is no time, or after now by more than clocks may differ. */
export function areStale(facts: Facts, now: number): boolean {
  const age = now - Date.parse(facts.capturedAt);
  return !(age <= factsLast && age >= -factsLast);
}

/** The facts that still hold: of stale ones, none. */
export function knownFacts(question: Question, { now }: Circumstances): KnownFacts {
  if (areStale(question.facts, now)) return {};
  const { capturedAt: _captured, notes: _notes, ...facts } = question.facts;
  return facts;
}
