import { describe, expect, it } from 'vitest';
import { policyOf } from '../testing/ask.ts';
import { gitChange, rollbackIn, rulesOf, seenIn, sending, standingOn, tierOf } from './testing/asked.ts';

describe('what is done outside of the API server', () => {
  it.each(['kube-system', 'kube-flannel', 'autodevops'])('a release in %s is not rolled back', (namespace) => {
    expect(tierOf(sending({}, rollbackIn(namespace)))).toBe('forbidden');
  });

  it('a release of a customer is, even where the agent has no namespace of its own', () => {
    expect(tierOf(sending({}, rollbackIn('shop')))).toBe('auto');
    const { question } = sending({}, rollbackIn('autodevops'));
    expect(tierOf({ ...standingOn({}, { namespace: '' }), question })).toBe('auto');
  });

  it('a release in a namespace that the evidence does not speak of is left alone', () => {
    const {
      question: { actions },
    } = sending({}, rollbackIn('bar'));
    const asked = seenIn('shop', {});
    expect(rulesOf({ ...asked, question: { ...asked.question, actions } })).toEqual(['floor.evidence-namespace']);
  });

  it('a Git change takes a yes in every mode, and is no stricter than the policy says above that', () => {
    const { question, circumstances } = sending({}, gitChange);
    for (const mode of ['local', 'cloud'] as const) {
      expect(tierOf({ question, circumstances: { ...circumstances, mode } })).toBe('one');
      const two = policyOf({ rules: [{ id: 'git', why: 'Git.', match: { actions: ['*'] }, decision: 'two' }] });
      expect(tierOf({ question, circumstances: { ...circumstances, mode } }, two)).toBe('two');
    }
    expect(tierOf({ question, circumstances: { ...circumstances, mode: 'cloud' } }, policyOf({ rules: [] }))).toBe(
      'forbidden',
    );
  });
});
