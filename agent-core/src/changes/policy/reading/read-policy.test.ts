import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { readPolicy } from './read-policy.ts';

const good = `version: 1
autonomy: assist
environments:
  production: [shop, "live-*"]
rules:
  - id: restarts
    why: Restarts are harmless.
    match:
      actions: [restart-rollout]
    when: action == "restart-rollout" && facts.reversible
    decision: auto
`;

function complaintOf(text: string): string {
  try {
    readPolicy(text, 'policy.yaml');
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(AutoDevOpsError);
    expect((error as AutoDevOpsError).code).toBe('policy.invalid');
    return (error as AutoDevOpsError).message;
  }
}

describe('a policy file', () => {
  it('is read with the lines of its parts', () => {
    const { policy, lineOf } = readPolicy(good, 'policy.yaml');
    expect(policy).toMatchObject({
      autonomy: 'assist',
      environments: { production: ['shop', 'live-*'] },
      rules: [{ id: 'restarts', decision: 'auto', approvers: [] }],
    });
    expect(lineOf(['rules', 0])).toBe(6);
    expect(lineOf(['rules', 0, 'when'])).toBe(10);
    expect(lineOf(['rules', 0, 'limits', 'objects'])).toBe(6);
  });

  it.each<[string, (text: string) => string, string]>([
    [
      'a misspelt key',
      (text) => text.replace('match:', 'mach:'),
      'policy.yaml:8: rules[0].mach is not known; did you mean `match`?',
    ],
    [
      'a misspelt key further in',
      (text) => text.replace('actions:', 'action:'),
      'policy.yaml:9: rules[0].match.action is not known; did you mean `actions`?',
    ],
    [
      'a misspelt key at the top',
      (text) => text.replace('autonomy:', 'autonmy:'),
      'policy.yaml:2: autonmy is not known; did you mean `autonomy`?',
    ],
    ['a key that is like no other', (text) => text.replace('autonomy:', 'zebra:'), 'policy.yaml:2: zebra is not known'],
    [
      'a misspelt value',
      (text) => text.replace('assist', 'asist'),
      'policy.yaml:2: autonomy is one of observe, suggest, assist, development, production; did you mean `assist`?',
    ],
    [
      'a decision that is none',
      (text) => text.replace('decision: auto', 'decision: maybe'),
      'policy.yaml:11: rules[0].decision is one of auto, one, two, forbidden',
    ],
    [
      'a value of another type',
      (text) => text.replace('[restart-rollout]', 'restart-rollout'),
      'policy.yaml:9: rules[0].match.actions:',
    ],
    [
      'a missing reason',
      (text) => text.replace('    why: Restarts are harmless.\n', ''),
      'policy.yaml:6: rules[0].why:',
    ],
    [
      'a condition that does not parse',
      (text) => text.replace('&& facts', '&& && facts'),
      'policy.yaml:10: rule restarts: the condition cannot be used:',
    ],
    [
      'a condition of the wrong type',
      (text) => text.replace('action == "restart-rollout" &&', 'action == 3 &&'),
      'policy.yaml:10: rule restarts: the condition cannot be used: no such overload',
    ],
    [
      'a condition over what there is not',
      (text) => text.replace('facts.reversible', 'facts.nope'),
      'policy.yaml:10: rule restarts: the condition cannot be used: No such key: nope',
    ],
    ['text that is no YAML', (text) => text.replace('rules:', 'rules: ['), 'policy.yaml:'],
    [
      'a second document',
      (text) => `${text}---\nversion: 1\n`,
      'policy.yaml:12: a second document begins here, and only one is read',
    ],
    ['a key that is there twice', (text) => `${text}version: 1\n`, 'policy.yaml:12: Map keys must be unique'],
    ['a tag', (text) => text.replace('assist', '!!js/function assist'), 'policy.yaml:2: '],
    ['another version', (text) => text.replace('version: 1', 'version: 2'), 'policy.yaml:1: version is one of 1'],
    ['nothing at all', () => '', 'policy.yaml:1: the file:'],
  ])('is refused for %s, with the line', (_what, spoil, expected) => {
    expect(complaintOf(spoil(good))).toContain(expected);
  });

  it('is refused for a rule that is there twice', () => {
    expect(complaintOf(`${good}  - { id: restarts, why: Again., decision: one }\n`)).toBe(
      'policy.yaml:12: restarts is there twice',
    );
  });

  it('is refused for a zone that is none', () => {
    const windows = 'within: [{ zone: Europe/Wien, days: [mon], from: "09:00", to: "17:00" }]';
    expect(complaintOf(good.replace('actions: [restart-rollout]', windows))).toBe(
      'policy.yaml:9: rule restarts: Europe/Wien is not a time zone of the IANA database',
    );
  });

  it('tells every problem, ten at most', () => {
    const many = `version: 1\n${Array.from({ length: 12 }, (_, index) => `wrong${index}: 1\n`).join('')}`;
    const lines = complaintOf(many).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^policy\.yaml:2: /);
    expect(lines[10]).toBe('and 2 more');
  });

  it('is refused when its aliases would fill the memory', () => {
    const bomb = [
      'a: &a [x, x]',
      ...Array.from(
        { length: 30 },
        (_, index) =>
          `k${index}: &k${index} [*${index === 0 ? 'a' : `k${index - 1}`}, *${index === 0 ? 'a' : `k${index - 1}`}]`,
      ),
    ].join('\n');
    expect(complaintOf(bomb)).toContain('too many aliases');
  });

  it('is refused when it is too long to be one', () => {
    expect(complaintOf(`#${'x'.repeat(300_000)}`)).toContain('longer than 256 KiB');
  });
});
