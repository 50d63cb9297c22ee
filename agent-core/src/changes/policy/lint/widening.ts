import { stricter, tiers } from '@autodevops/domain/change/decision';
import type { Decision } from '@autodevops/domain/change/decision';
import type { Policy } from '@autodevops/domain/change/policy';
import type { CaseQuestion } from '@autodevops/domain/change/policy-case';
import { questionOf } from '../trial/case-question.ts';
import { decide } from '../decide.ts';
import { rulesInForce } from '../rules-in-force.ts';
import type { LintFinding } from './lint-finding.ts';
import { covers } from './rule-cover.ts';
import { sampleQuestions } from './sample-questions.ts';

const modes = ['local', 'cloud'] as const;

function decided(given: CaseQuestion, policy: Policy): Decision {
  const { question, circumstances } = questionOf(given, policy);
  return decide(question, { policy, version: '' }, circumstances);
}

function shown({ action, risk, namespace, environment, by, mode }: CaseQuestion): string {
  return `${action} (${risk} risk, by ${by}) in ${namespace}${environment === '' ? '' : `, ${environment}`}, ${mode} mode`;
}

function looser(
  given: CaseQuestion,
  policy: Policy,
  before: Policy,
): { readonly key: string; readonly says: string } | undefined {
  const was = decided(given, before);
  const is = decided(given, policy);
  if (tiers.indexOf(is.tier) >= tiers.indexOf(was.tier)) return undefined;
  const rule = was.voices[0]?.rule ?? '';
  return {
    key: `${rule} ${was.tier} ${is.tier}`,
    says: `Looser than before: ${shown(given)} was ${was.tier} by ${rule}, and is ${is.tier}.`,
  };
}

/** Rules under a condition cannot be sampled, so that one of the new policy has to cover them plainly. */
function conditionsLost(policy: Policy, before: Policy): readonly LintFinding[] {
  const rules = rulesInForce(policy);
  return rulesInForce(before)
    .filter(
      (old) =>
        old.when !== undefined &&
        old.decision !== 'auto' &&
        !rules.some((rule) => stricter(rule.decision, old.decision) === rule.decision && covers(rule, old)),
    )
    .map((old) => ({
      code: 'widens',
      rule: '',
      path: [],
      says: `Perhaps looser than before: ${old.id} said ${old.decision} under a condition, and no rule plainly says as much.`,
    }));
}

/** Where the policy is looser than another one, by an example each: the one to know of before it is put in force. */
export function widenings(policy: Policy, before: Policy): readonly LintFinding[] {
  const found = new Map<string, string>();
  for (const question of sampleQuestions([policy, before])) {
    for (const mode of modes) {
      const example = looser({ ...question, mode }, policy, before);
      if (example !== undefined && !found.has(example.key)) found.set(example.key, example.says);
    }
  }
  return [
    ...[...found.values()].map((says): LintFinding => ({ code: 'widens', rule: '', path: [], says })),
    ...conditionsLost(policy, before),
  ];
}
