import type { Policy } from '@autodevops/domain/change/policy';
import type { LintFinding } from './lint-finding.ts';
import { matchesNothing } from './matches-nothing.ts';
import type { KnownNames } from './matches-nothing.ts';
import { neverCounts } from './never-counts.ts';
import { widenings } from './widening.ts';

export interface LintOptions {
  readonly known?: KnownNames;
  /** The policy that is in force now. */
  readonly before?: Policy;
}

/** What is probably not meant in a policy that is valid: rules that never count, names that do not exist, what it loosens. */
export function lintPolicy(policy: Policy, { known = {}, before }: LintOptions = {}): readonly LintFinding[] {
  return [
    ...neverCounts(policy),
    ...matchesNothing(policy, known),
    ...(before === undefined ? [] : widenings(policy, before)),
  ];
}
