import type { Tier } from '@autodevops/domain/change/decision';
import type { Policy } from '@autodevops/domain/change/policy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import type { KnownFacts } from '../matching/known-facts.ts';
import type { Circumstances, Question } from '../question.ts';
import type { Touched } from '../matching/touched-objects.ts';

/** What the floor judges: the whole plan at once. */
export interface Ground {
  readonly question: Question;
  readonly facts: KnownFacts;
  readonly policy: Pick<Policy, 'patchManaged'>;
  readonly circumstances: Circumstances;
  /** Every object that an operation names. */
  readonly touched: readonly Touched[];
}

/** `unknown`: it cannot be told; `tier` is then the strictest that the rule could say. */
export interface FloorVerdict {
  readonly is: 'speaks' | 'unknown';
  readonly tier: Tier;
  readonly says: string;
}

/** One rule of the floor, which no configuration, level or broken glass lowers. Silent: undefined. */
export interface FloorRule {
  readonly id: `floor.${string}`;
  /** What is so, for the documentation: "A Secret is written or deleted." */
  readonly what: string;
  /** What it says then, for the documentation: "forbidden". */
  readonly says: string;
  /** What people do instead, or what has to be so before, in a sentence: "Change it through its owner." */
  readonly instead: string | RemedyParts;
  readonly judge: (ground: Ground) => FloorVerdict | undefined;
}

export function forbidden(says: string): FloorVerdict {
  return { is: 'speaks', tier: 'forbidden', says };
}

export function atLeast(tier: Tier, says: string): FloorVerdict {
  return { is: 'speaks', tier, says };
}

export function untold(tier: Tier, says: string): FloorVerdict {
  return { is: 'unknown', tier, says };
}

/** Forbids what the first of these objects shows. */
export function forbidFirst(touched: readonly Touched[], says: (object: Touched) => string): FloorVerdict | undefined {
  const [first] = touched;
  return first === undefined ? undefined : forbidden(says(first));
}
