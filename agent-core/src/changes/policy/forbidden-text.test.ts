import { describe, expect, it } from 'vitest';
import type { RuleVoice } from '@autodevops/domain/change/decision';
import { inTerminal } from '@autodevops/domain/remedy/in-terminal';
import { stepsIn } from '@autodevops/domain/remedy/step-names';
import { floor } from './floor/floor.ts';
import { forbiddenText } from './forbidden-text.ts';
import { levelNames, levels } from './levels.ts';

const no = (rule: string): RuleVoice => ({ rule, tier: 'forbidden', why: 'It is so.' });

describe('what the policy forbids', () => {
  it.each([
    ['floor.secrets', 'the built-in floor', 'No policy, no yes and no broken glass lifts this.'],
    ['level.observe.nothing', 'the autonomy level observe', 'Choose another level'],
    ['freeze.year-end', 'a freeze of the policy', 'Wait until the freeze ends'],
    ['default', 'the default where no rule of the policy speaks', 'Write a rule for it'],
    ['nights', 'the policy', 'Let whoever keeps the policy change it'],
  ])('by %s is told with the rule, where that stands, and what would change it', (rule, from, remedy) => {
    const told = forbiddenText({ voices: [no(rule)] });
    expect(told.says).toBe(`It is so. So says ${rule === 'default' ? '' : `rule ${rule} of `}${from}.`);
    expect(inTerminal(told.remedy)).toContain(remedy);
  });

  it('by several rules names them all, because one that goes leaves the others', () => {
    expect(
      forbiddenText({ voices: [no('floor.secrets'), no('nights'), { rule: 'days', tier: 'one', why: '' }] }).says,
    ).toBe('It is so. So says rule floor.secrets of the built-in floor, and so do nights.');
  });

  it('offers broken glass for everything but the floor', () => {
    const glass = (rule: string): boolean =>
      stepsIn(forbiddenText({ voices: [no(rule)] }).remedy).some((step) => step.do === 'break-glass');
    expect(floor.filter(({ id }) => glass(id))).toEqual([]);
    expect(
      levelNames
        .flatMap((name) => levels[name].rules.map(({ id }) => `level.${name}.${id}`))
        .filter((id) => !glass(id)),
    ).toEqual([]);
  });

  it('says for every rule of the floor what to do instead, in a sentence', () => {
    for (const { id, instead } of floor) {
      expect(inTerminal(forbiddenText({ voices: [no(id)] }).remedy), id).toBe(
        `${inTerminal([instead].flat())} No policy, no yes and no broken glass lifts this.`,
      );
    }
    expect(floor.filter(({ instead }) => !/^[A-Z].*\.$/.test(inTerminal([instead].flat())))).toEqual([]);
  });
});
