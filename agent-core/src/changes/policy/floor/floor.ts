import type { Policy } from '@autodevops/domain/change/policy';
import { knownFacts } from '../matching/known-facts.ts';
import type { Circumstances, Question } from '../question.ts';
import type { RuleVerdict } from '../matching/rule-verdict.ts';
import { touchedBy } from '../matching/touched-objects.ts';
import type { FloorRule, FloorVerdict, Ground } from './floor-rule.ts';
import { guardedObjects } from './guarded-objects.ts';
import { outside } from './outside.ts';
import { permissions } from './permissions.ts';
import { places } from './places.ts';
import { reach } from './reach.ts';
import { silences } from './silences.ts';
import { standing } from './standing.ts';

/** Rises whenever a rule of the floor says something else than before; part of every policy's version. */
export const floorVersion = 6;

/** What no configuration lowers. That only people agree, and none to what they asked for, is kept in `agent-core/src/changes/approving/approver.ts`. */
export const floor: readonly FloorRule[] = [
  ...standing,
  ...places,
  ...permissions,
  ...guardedObjects,
  ...reach,
  ...outside,
  ...silences,
];

export function groundOf(
  question: Question,
  policy: Pick<Policy, 'patchManaged'>,
  circumstances: Circumstances,
): Ground {
  return {
    question,
    facts: knownFacts(question, circumstances),
    policy,
    circumstances,
    touched: question.actions.flatMap(touchedBy),
  };
}

function verdictFrom(verdict: FloorVerdict | undefined, rule: FloorRule, { circumstances }: Ground): RuleVerdict {
  if (verdict === undefined) {
    return { state: 'silent', tier: 'auto', matched: false, says: 'nothing of that is in the plan' };
  }
  if (verdict.is === 'speaks') return { state: 'speaks', tier: verdict.tier, matched: false, says: verdict.says };
  return {
    state: 'uncertain',
    tier: circumstances.mode === 'cloud' ? 'forbidden' : verdict.tier,
    matched: false,
    says: verdict.says,
  };
}

/** What each rule of the floor says. A floor never stands in for the default: it only raises. */
export function floorVerdicts(
  ground: Ground,
  rules: readonly FloorRule[] = floor,
): readonly { readonly rule: FloorRule; readonly verdict: RuleVerdict }[] {
  return rules.map((rule) => ({ rule, verdict: verdictFrom(rule.judge(ground), rule, ground) }));
}
