import { tiers } from '@autodevops/domain/change/decision';
import type { Tier } from '@autodevops/domain/change/decision';
import type { Freeze, Policy } from '@autodevops/domain/change/policy';
import { isGlassBroken } from './broken-glass.ts';
import { floorVerdicts, groundOf } from './floor/floor.ts';
import { matchesAny } from '../../reading/name-pattern.ts';
import type { Circumstances, Question } from './question.ts';
import { verdictOf } from './matching/rule-verdict.ts';
import type { RuleVerdict } from './matching/rule-verdict.ts';
import { rulesInForce } from './rules-in-force.ts';
import { scenesOf } from './matching/scene.ts';
import type { Scene } from './matching/scene.ts';
import { isFrozen } from './matching/time-window.ts';

/** What one rule came to, over all that the plan touches. */
export interface Assessed {
  readonly rule: string;
  readonly kind: 'floor' | 'level' | 'rule' | 'freeze' | 'default';
  readonly state: RuleVerdict['state'];
  readonly tier: Tier;
  /** What the rule is for. */
  readonly why: string;
  /** Why it spoke, did not, or could not tell. */
  readonly says: string;
  /** Roles whose yes counts for it; empty: any linked person's. */
  readonly approvers: readonly string[];
}

const states: readonly RuleVerdict['state'][] = ['silent', 'uncertain', 'speaks'];

/** The loudest of a rule's verdicts: the strictest of those that are not silent. */
function loudest(verdicts: readonly RuleVerdict[]): RuleVerdict | undefined {
  const rank = ({ state, tier }: RuleVerdict): number =>
    state === 'silent' ? -1 : tiers.indexOf(tier) * states.length + states.indexOf(state);
  return verdicts.toSorted((a, b) => rank(b) - rank(a))[0];
}

/** Broken glass: what the policy forbids takes two yeses. */
function throughGlass(assessed: Assessed, { brokenGlass, now }: Circumstances): Assessed {
  if (assessed.tier !== 'forbidden' || assessed.state === 'silent' || !isGlassBroken(brokenGlass, now)) return assessed;
  return {
    ...assessed,
    tier: 'two',
    says: `${assessed.says}; ${brokenGlass.who.name} broke the glass until ${brokenGlass.until}: ${brokenGlass.reason}`,
  };
}

function freezeVerdict(freeze: Freeze, scenes: readonly Scene[]): RuleVerdict {
  const moment = scenes[0]?.circumstances ?? { earliest: Number.NaN, now: Number.NaN };
  if (!isFrozen(freeze, moment)) {
    return { state: 'silent', tier: 'forbidden', matched: false, says: 'now is outside of the freeze' };
  }
  const { environments } = freeze;
  const meant =
    environments === undefined ||
    scenes.some((scene) => scene.environments.some((name) => matchesAny(environments, name)));
  return {
    state: meant ? 'speaks' : 'silent',
    tier: 'forbidden',
    matched: false,
    says: meant ? `frozen until ${freeze.to}` : 'the freeze is for other environments',
  };
}

function assessedDefault(scenes: readonly Scene[], unmatched: readonly Scene[], mode: Circumstances['mode']): Assessed {
  const base = {
    rule: 'default',
    kind: 'default',
    tier: mode === 'cloud' ? 'forbidden' : 'one',
    why: 'What no rule speaks of is asked for on a laptop, and forbidden in the cloud.',
    approvers: [],
  } as const;
  if (scenes.length === 0) return { ...base, state: 'speaks', tier: 'forbidden', says: 'the plan does nothing' };
  const [scene] = unmatched;
  if (scene === undefined) return { ...base, state: 'silent', says: 'rules speak of everything that is touched' };
  const where = scenes.length === 1 ? '' : ` for ${scene.action.request.action} in "${scene.namespace}"`;
  return { ...base, state: 'speaks', says: `no rule is known to match${where}` };
}

function assessFloor(question: Question, policy: Policy, circumstances: Circumstances): readonly Assessed[] {
  return floorVerdicts(groundOf(question, policy, circumstances)).map(({ rule, verdict: { state, tier, says } }) => ({
    rule: rule.id,
    kind: 'floor' as const,
    state,
    tier,
    why: rule.what,
    says,
    approvers: [],
  }));
}

/** Every rule there is, with what it says of the question. Decisions and explanations are both made of this. */
export function assess(question: Question, policy: Policy, circumstances: Circumstances): readonly Assessed[] {
  const scenes = scenesOf(question, policy, circumstances);
  const matched = new Set<Scene>();
  const rules = rulesInForce(policy).map((rule): Assessed => {
    const verdicts = scenes.map((scene) => {
      const verdict = verdictOf(rule, scene);
      if (verdict.matched) matched.add(scene);
      return verdict;
    });
    const { state, tier, says } = loudest(verdicts) ?? {
      state: 'silent',
      tier: rule.decision,
      says: 'the plan does nothing',
    };
    return {
      rule: rule.id,
      kind: rule.id.startsWith('level.') ? 'level' : 'rule',
      state,
      tier,
      why: rule.why,
      says,
      approvers: rule.approvers,
    };
  });
  const freezes = policy.freezes.map((freeze): Assessed => {
    const { state, tier, says } = freezeVerdict(freeze, scenes);
    return {
      rule: `freeze.${freeze.name}`,
      kind: 'freeze',
      state,
      tier,
      why: 'Nothing is done in a freeze.',
      says,
      approvers: [],
    };
  });
  const rest = assessedDefault(
    scenes,
    scenes.filter((scene) => !matched.has(scene)),
    circumstances.mode,
  );
  return [
    ...assessFloor(question, policy, circumstances),
    ...[...freezes, ...rules, rest].map((assessed) => throughGlass(assessed, circumstances)),
  ];
}
