import type { Decision, RuleVoice } from '@autodevops/domain/change/decision';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { floor } from './floor/floor.ts';

/** A refusal by the policy: what is so and which rule says it, and what would change that. */
export interface ForbiddenText {
  readonly says: string;
  readonly remedy: RemedyParts;
}

const orBreakTheGlass = remedy`in an emergency, break the glass (${{ do: 'break-glass' }})`;
const byPolicy = remedy`Let whoever keeps the policy change it, or, ${orBreakTheGlass}.`;

function liftedByNothing(instead: string | RemedyParts | undefined): RemedyParts {
  const always = 'No policy, no yes and no broken glass lifts this.';
  return instead === undefined ? [always] : remedy`${instead} ${always}`;
}

/** Where a rule stands, by the beginning of its id, and what would change what it says. */
function originOf(rule: string): { readonly from: string; readonly instead: RemedyParts } {
  const [kind = '', name = ''] = rule.split('.');
  switch (kind) {
    case 'floor':
      return {
        from: 'the built-in floor',
        instead: liftedByNothing(floor.find(({ id }) => id === rule)?.instead),
      };
    case 'level':
      return {
        from: `the autonomy level ${name}`,
        instead: remedy`Choose another level in the policy (\`autonomy\`), or, ${orBreakTheGlass}.`,
      };
    case 'freeze':
      return {
        from: 'a freeze of the policy',
        instead: remedy`Wait until the freeze ends, or, ${orBreakTheGlass}.`,
      };
    case 'default':
      return {
        from: 'the default where no rule of the policy speaks',
        instead: remedy`Write a rule for it into the policy, or, ${orBreakTheGlass}.`,
      };
    default:
      return { from: 'the policy', instead: byPolicy };
  }
}

/** The strictest of the voices speaks; others that forbid it too are named, because one that goes leaves them. */
export function forbiddenText({ voices }: Pick<Decision, 'voices'>): ForbiddenText {
  const [first, ...others] = voices.filter(({ tier }) => tier === 'forbidden');
  if (first === undefined) return { says: 'The policy forbids it.', remedy: byPolicy };
  const { from, instead } = originOf(first.rule);
  return {
    says: `${first.why} So says ${first.rule === 'default' ? '' : `rule ${first.rule} of `}${from}${others.length === 0 ? '' : `, and so do ${others.map(({ rule }: RuleVoice) => rule).join(', ')}`}.`,
    remedy: instead,
  };
}
