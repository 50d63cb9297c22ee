import type { Decision, RuleVoice } from '@autodevops/domain/change/decision';
import { floor } from './floor/floor.ts';

/** A refusal by the policy: what is so and which rule says it, and what would change that. */
export interface ForbiddenText {
  readonly says: string;
  readonly remedy: string;
}

const byPolicy =
  'Let whoever keeps the policy change it, or, in an emergency, break the glass (`autodevops policy break-glass`).';

/** Where a rule stands, by the beginning of its id, and what would change what it says. */
function originOf(rule: string): { readonly from: string; readonly remedy: string } {
  const [kind = '', name = ''] = rule.split('.');
  switch (kind) {
    case 'floor':
      return {
        from: 'the built-in floor',
        remedy:
          `${floor.find(({ id }) => id === rule)?.instead ?? ''} No policy, no yes and no broken glass lifts this.`.trim(),
      };
    case 'level':
      return {
        from: `the autonomy level ${name}`,
        remedy: `Choose another level in the policy (\`autonomy\`), or, in an emergency, break the glass (\`autodevops policy break-glass\`).`,
      };
    case 'freeze':
      return {
        from: 'a freeze of the policy',
        remedy: 'Wait until the freeze ends, or, in an emergency, break the glass (`autodevops policy break-glass`).',
      };
    case 'default':
      return {
        from: 'the default where no rule of the policy speaks',
        remedy:
          'Write a rule for it into the policy, or, in an emergency, break the glass (`autodevops policy break-glass`).',
      };
    default:
      return { from: 'the policy', remedy: byPolicy };
  }
}

/** The strictest of the voices speaks; others that forbid it too are named, because one that goes leaves them. */
export function forbiddenText({ voices }: Pick<Decision, 'voices'>): ForbiddenText {
  const [first, ...others] = voices.filter(({ tier }) => tier === 'forbidden');
  if (first === undefined) return { says: 'The policy forbids it.', remedy: byPolicy };
  const { from, remedy } = originOf(first.rule);
  return {
    says: `${first.why} So says ${first.rule === 'default' ? '' : `rule ${first.rule} of `}${from}${others.length === 0 ? '' : `, and so do ${others.map(({ rule }: RuleVoice) => rule).join(', ')}`}.`,
    remedy,
  };
}
