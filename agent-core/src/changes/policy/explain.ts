import type { Decision } from '@autodevops/domain/change/decision';
import { assess } from './assessment.ts';
import type { Assessed } from './assessment.ts';
import { decide } from './decide.ts';
import type { KnownFacts } from './matching/known-facts.ts';
import { knownFacts } from './matching/known-facts.ts';
import type { PolicyInForce } from './policy-version.ts';
import type { Circumstances, Question } from './question.ts';

/** The decision, every rule there is with whether it matched and why not, and the facts that were known. */
export interface Explanation {
  readonly decision: Decision;
  readonly rules: readonly Assessed[];
  readonly facts: KnownFacts;
}

/** The decision with every rule, also those that were silent, and the facts that were known. */
export function explain(question: Question, inForce: PolicyInForce, circumstances: Circumstances): Explanation {
  return {
    decision: decide(question, inForce, circumstances),
    rules: assess(question, inForce.policy, circumstances),
    facts: knownFacts(question, circumstances),
  };
}
