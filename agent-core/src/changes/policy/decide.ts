import { tiers } from '@autodevops/domain/change/decision';
import type { Decision, RuleVoice, Tier } from '@autodevops/domain/change/decision';
import { assess } from './assessment.ts';
import type { Assessed } from './assessment.ts';
import { demandsOf, rolesOf } from './demands.ts';
import { speaksOfEverything } from './matching/rule-match.ts';
import type { PolicyInForce } from './policy-version.ts';
import type { Circumstances, Question } from './question.ts';

const kinds: readonly Assessed['kind'][] = ['floor', 'freeze', 'level', 'rule', 'default'];

function order(a: Assessed, b: Assessed): number {
  const byTier = tiers.indexOf(b.tier) - tiers.indexOf(a.tier);
  const byKind = kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
  return byTier || byKind || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** That a rule is about everything is no reason that a person could do something about. */
function toldOf({ kind, why, says }: Assessed): string {
  if (kind === 'floor') return says;
  if (kind === 'default') return `${says}, and that is the default`;
  return says === speaksOfEverything ? why : `${sentence(why)} Because ${says}`;
}

function voiceOf(assessed: Assessed): RuleVoice {
  const { rule, tier } = assessed;
  const told = toldOf(assessed);
  return { rule, tier, why: sentence(`${told.charAt(0).toUpperCase()}${told.slice(1)}`) };
}

/**
 * Whether it is done at once, with one or two yeses, or not at all. All rules count and the strictest wins: the floor's,
 * the level's, the policy's; where none is known to match, the mode's default. What is not known never loosens. The
 * same question under the same policy in the same circumstances gets the same decision.
 */
export function decide(question: Question, { policy, version }: PolicyInForce, circumstances: Circumstances): Decision {
  const voices = assess(question, policy, circumstances)
    .filter(({ state }) => state !== 'silent')
    .toSorted(order);
  const tier: Tier = voices[0]?.tier ?? 'forbidden';
  const demands = tier === 'one' || tier === 'two' ? demandsOf(voices) : [];
  return {
    tier,
    voices: voices.map(voiceOf),
    roles: [...rolesOf(demands)],
    demands: [...demands],
    policyVersion: version,
  };
}

/** As `decide`; a policy on trial is asked too, and what it would have said is kept beside. It changes nothing. */
export function decideInShadow(
  question: Question,
  inForce: PolicyInForce,
  onTrial: PolicyInForce,
  circumstances: Circumstances,
): Decision {
  const decision = decide(question, inForce, circumstances);
  const { tier, policyVersion } = decide(question, onTrial, circumstances);
  return { ...decision, shadow: { tier, policyVersion } };
}
