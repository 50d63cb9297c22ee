import { fileURLToPath } from 'node:url';
import { readFixture } from '@autodevops/testkit/fixture';
import { describe, expect, it } from 'vitest';
import { diagnoseSnapshot } from '../../jamie/diagnose.ts';
import type { Intent, Reply } from '../intent.ts';
import { readingsOf } from './fullest-reading.ts';

const { snapshot } = readFixture(fileURLToPath(new URL('../testing/shop.yaml', import.meta.url)));
const context = { snapshot, diagnosis: diagnoseSnapshot(snapshot), namespace: undefined };

function intent(name: string, pattern: RegExp, more: Partial<Intent> & { readonly reply?: Reply } = {}): Intent {
  const { reply = { headline: name }, ...own } = more;
  return { name, example: '', patterns: [pattern], answer: () => reply, ...own };
}

/** Who answers, in both orders of the registry. */
function answers(text: string, one: Intent, other: Intent): readonly (string | undefined)[] {
  return [
    [one, other],
    [other, one],
  ].map((among) => readingsOf(text, context, { isHalf: false, among })[0]?.intent.name);
}

describe('of two that understand a question', () => {
  it('the one answers that passes over less', () => {
    const loose = intent('loose', /^why is (?<object>\S+) slow\b.*$/);
    const whole = intent('whole', /^why (?<rest>.+)$/);
    expect(answers('why is web slow today', loose, whole)).toEqual(['whole', 'whole']);
  });

  it('the one answers that knows more of the words itself', () => {
    const wide = intent('wide', /^is (?<object>.+)$/);
    const narrow = intent('narrow', /^is (?<object>.+) exposed$/);
    expect(answers('is web exposed', wide, narrow)).toEqual(['narrow', 'narrow']);
  });

  it('the one answers that knows the name', () => {
    const nobody = intent('nobody', /^is (?<object>.+) ready now$/, {
      reply: { headline: 'no such name', outcome: 'no-such-name' },
    });
    const somebody = intent('somebody', /^is (?<object>.+)$/);
    expect(answers('is web ready now', nobody, somebody)).toEqual(['somebody', 'somebody']);
  });

  it('the one answers that was made for just this, before the grammar that reads everything', () => {
    const grammar = intent('grammar', /^(?<text>.+)$/, { isWordByWord: true });
    const made = intent('made', /^which pods$/);
    expect(answers('which pods', grammar, made)).toEqual(['made', 'made']);
  });
});

it('asks none that lets words pass where some were not understood', () => {
  const loose = intent('loose', /^(?<text>.+)$/, { isLoose: true });
  expect(readingsOf('which pods', context, { isHalf: true, among: [loose] })).toEqual([]);
});

it('takes a reply that understood nothing for none', () => {
  const lost = intent('lost', /^.+$/, { reply: { headline: '', outcome: 'not-understood' } });
  expect(readingsOf('which pods', context, { isHalf: false, among: [lost] })).toEqual([]);
});
