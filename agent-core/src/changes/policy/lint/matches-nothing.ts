import type { Policy, PolicyRule } from '@autodevops/domain/change/policy';
import { nearMatches } from '../../../reading/near-match.ts';
import { matchesPattern } from '../../../reading/name-pattern.ts';
import type { LintFinding } from './lint-finding.ts';

/** Names that exist; a pattern of a field that is given here has to match one of them. */
export interface KnownNames {
  readonly actions?: readonly string[];
  readonly kinds?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly findings?: readonly string[];
  readonly roles?: readonly string[];
  /** Beside those that the policy names itself. */
  readonly environments?: readonly string[];
}

const fields = ['actions', 'kinds', 'namespaces', 'findings', 'roles', 'environments'] as const;

function unmatched(
  patterns: readonly string[],
  names: readonly string[] | undefined,
  what: string,
): readonly { readonly index: number; readonly says: string }[] {
  if (names === undefined) return [];
  return patterns.flatMap((pattern, index) => {
    if (names.some((name) => matchesPattern(pattern, name))) return [];
    const near = nearMatches(pattern, names);
    return [
      {
        index,
        says: `\`${pattern}\` matches no known ${what}${near.length === 0 ? '' : `; did you mean ${near.join(' or ')}?`}`,
      },
    ];
  });
}

function inRule(rule: PolicyRule, at: number, names: KnownNames): readonly LintFinding[] {
  const matched = fields.flatMap((field) => {
    return unmatched(rule.match[field] ?? [], names[field], field.replace(/s$/, '')).map(({ index, says }) => ({
      path: ['rules', at, 'match', field, index],
      says,
    }));
  });
  const approvers = unmatched(rule.approvers, names.roles, 'role').map(({ index, says }) => ({
    path: ['rules', at, 'approvers', index],
    says,
  }));
  return [...matched, ...approvers].map((finding) => ({ code: 'matches-nothing' as const, rule: rule.id, ...finding }));
}

/** Patterns that match nothing that is known: a misspelt action, a namespace that is gone. */
export function matchesNothing(policy: Policy, known: KnownNames): readonly LintFinding[] {
  const named = Object.keys(policy.environments);
  const environments =
    known.environments === undefined && named.length === 0 ? undefined : [...(known.environments ?? []), ...named];
  const names: KnownNames = { ...known, ...(environments === undefined ? {} : { environments }) };
  const places = Object.entries(policy.environments).flatMap(([name, patterns]) => {
    return unmatched(patterns, known.namespaces, 'namespace').map(({ index, says }): LintFinding => ({
      code: 'matches-nothing',
      rule: '',
      path: ['environments', name, index],
      says,
    }));
  });
  return [...policy.rules.flatMap((rule, index) => inRule(rule, index, names)), ...places];
}
