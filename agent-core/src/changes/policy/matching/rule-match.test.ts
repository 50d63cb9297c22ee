import { describe, expect, it } from 'vitest';
import type { RuleMatch } from '@autodevops/domain/change/policy';
import { ruleMatches } from './rule-match.ts';
import { scenesOf } from './scene.ts';
import { ask, letAll } from '../testing/ask.ts';
import type { Given } from '../testing/ask.ts';

function matched(match: RuleMatch, given: Given): string | undefined {
  const { question, circumstances } = ask(given);
  return scenesOf(question, letAll, circumstances).map((scene) => ruleMatches({ match }, scene).is)[0];
}

const nowhere = { zone: 'Europe/Nowhere', days: ['wed' as const], from: '00:00', to: '24:00' };

describe('what is not known', () => {
  it.each<[string, RuleMatch, Given]>([
    ['who manages it', { gitops: true }, { unknown: ['managedBy'] }],
    ['that nobody manages it', { gitops: false }, { unknown: ['managedBy'] }],
    ['that it can be taken back', { reversible: true }, { factsAge: 500 }],
    ['that it cannot', { reversible: false }, { factsAge: 500 }],
    ['the labels', { labels: { a: 'b' } }, { unknown: ['labels'] }],
    ['the hours of a zone', { within: [nowhere] }, {}],
    ['the other hours of a zone', { outside: [nowhere] }, {}],
  ])('is neither a yes nor a no: %s', (_what, match, given) => {
    expect(matched(match, given)).toBe('unknown');
  });

  it('does not hide that now is inside of another window', () => {
    expect(matched({ within: [nowhere, { ...nowhere, zone: 'UTC' }] }, {})).toBe('yes');
  });
});
