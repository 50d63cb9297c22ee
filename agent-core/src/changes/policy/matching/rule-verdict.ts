import { stricter } from '@autodevops/domain/change/decision';
import type { Tier } from '@autodevops/domain/change/decision';
import type { PolicyRule } from '@autodevops/domain/change/policy';
import { limitsHold } from './limits.ts';
import { ruleMatches } from './rule-match.ts';
import type { Scene } from './scene.ts';
import { yes } from './truth.ts';

/** What one rule says of one scene. */
export interface RuleVerdict {
  /**
   * `speaks`: it matched. `uncertain`: it is not known whether it does, or how strictly it speaks. `silent`: it is not
   * about this.
   */
  readonly state: 'speaks' | 'uncertain' | 'silent';
  /** Of the silent too: what it would say. */
  readonly tier: Tier;
  /** It matched for sure, so that the default does not hold. */
  readonly matched: boolean;
  readonly says: string;
}

/** A rule as it stands among others: `id` is unique, and what voices call it. */
export type NamedRule = Omit<PolicyRule, 'id'> & { readonly id: string };

/** The strictest that the rule can say. */
export function strictestOf({ decision, limits }: Pick<PolicyRule, 'decision' | 'limits'>): Tier {
  return limits === undefined ? decision : stricter(decision, limits.beyond);
}

/**
 * The voice of a rule. What is not known never loosens: then the rule says the strictest that it could have said, in
 * the cloud that nothing is done.
 */
export function verdictOf(rule: NamedRule, scene: Scene): RuleVerdict {
  const doubt = scene.circumstances.mode === 'cloud' ? 'forbidden' : strictestOf(rule);
  const match = ruleMatches(rule, scene);
  if (match.is === 'no') return { state: 'silent', tier: rule.decision, matched: false, says: match.says };
  if (match.is === 'unknown') return { state: 'uncertain', tier: doubt, matched: false, says: match.says };
  const limits = rule.limits === undefined ? yes(match.says) : limitsHold(rule.limits, rule.id, scene);
  if (limits.is === 'unknown') return { state: 'uncertain', tier: doubt, matched: true, says: limits.says };
  if (limits.is === 'no') return { state: 'speaks', tier: strictestOf(rule), matched: true, says: limits.says };
  return { state: 'speaks', tier: rule.decision, matched: true, says: match.says };
}
