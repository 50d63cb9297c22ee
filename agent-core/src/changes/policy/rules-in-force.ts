import type { Policy } from '@autodevops/domain/change/policy';
import { levels } from './levels.ts';
import type { NamedRule } from './matching/rule-verdict.ts';

/** The rules of the policy and of its level, by the ids that voices call them. */
export function rulesInForce(policy: Pick<Policy, 'autonomy' | 'rules'>): readonly NamedRule[] {
  const { autonomy } = policy;
  const preset =
    autonomy === undefined
      ? []
      : levels[autonomy].rules.map((rule) => ({ ...rule, id: `level.${autonomy}.${rule.id}` }));
  return [...preset, ...policy.rules];
}
