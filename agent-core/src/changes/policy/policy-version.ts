import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { Policy } from '@autodevops/domain/change/policy';
import { floor, floorVersion } from './floor/floor.ts';
import { levels } from './levels.ts';

/** A policy with its version: what decides. */
export interface PolicyInForce {
  readonly policy: Policy;
  readonly version: string;
}

/**
 * Names what decides: the digest of the policy, the rules of its level and the floor's version. `digest` takes a text
 * to its hash. The order of rules says nothing, so it is not in it.
 */
export function policyInForce(policy: Policy, digest: (text: string) => string): PolicyInForce {
  const rules = policy.rules.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const level = policy.autonomy === undefined ? [] : levels[policy.autonomy].rules;
  return {
    policy,
    version: digest(
      canonicalJson({
        policy: { ...policy, rules },
        level,
        floor: { version: floorVersion, rules: floor.map(({ id }) => id) },
      }),
    ),
  };
}
