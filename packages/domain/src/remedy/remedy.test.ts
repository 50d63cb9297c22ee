import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '../errors.ts';
import { inTerminal } from './in-terminal.ts';
import { asRemedy, partsOf, remedy, remedyIn } from './remedy.ts';
import { RemedyStep, ToldParts } from './remedy-step.ts';

describe('a remedy', () => {
  it('is words and steps, and is told as a terminal has them', () => {
    const parts = remedy`See it with ${{ do: 'show-change', change: 'chg-1' }}.`;
    expect(parts).toEqual(['See it with ', { do: 'show-change', change: 'chg-1' }, '.']);
    expect(inTerminal(parts)).toBe('See it with `autodevops change show chg-1`.');
  });

  it('takes another one into itself', () => {
    const way = remedy`break the glass (${{ do: 'break-glass' }})`;
    expect(inTerminal(remedy`Wait ${3} days, or ${way}.`)).toBe(
      'Wait 3 days, or break the glass (`autodevops policy break-glass`).',
    );
  });

  it('is carried by an error, as a sentence and in its parts', () => {
    const parts = remedy`List them with ${{ do: 'list-changes' }}.`;
    const error = new AutoDevOpsError('change.not-found', 'There is no change chg-1.', parts);
    expect(remedyIn(error)).toEqual(asRemedy(parts));
    expect(partsOf(new AutoDevOpsError(error.code, error.message, partsOf(error)))).toEqual(parts);
  });

  it('that names no step has a sentence alone', () => {
    const error = new AutoDevOpsError('usage', 'It is not right.', remedy`Try ${'again'}.`);
    expect(remedyIn(error)).toEqual({ remedy: 'Try again.' });
    expect(partsOf(error)).toEqual(['Try again.']);
  });
});

describe('what comes from another program', () => {
  it('with a step that is not known yet leaves the sentence', () => {
    expect(ToldParts.parse(['See ', { do: 'dance' }])).toBeUndefined();
    expect(ToldParts.parse(undefined)).toBeUndefined();
  });

  it.each([
    [{ do: 'show-change' }],
    [{ do: 'show-change', change: 'chg-1', command: 'rm -rf ~' }],
    [{ do: 'show-change', change: 'x'.repeat(401) }],
    [{ do: 'constructor' }],
  ])('is no step with more, less or longer than it holds: %j', (given) => {
    expect(RemedyStep.safeParse(given).success).toBe(false);
  });
});

it.each([
  ['`autodevops change show "chg 1; rm -rf x"`', { do: 'show-change', change: 'chg 1; rm -rf x' }],
  [
    '`autodevops fix "deployment/a b" -n shop`',
    { do: 'propose-fix', target: { kind: 'Deployment', namespace: 'shop', name: 'a b' } },
  ],
  ['`autodevops ask "list ?(rm x)?"`', { do: 'ask', question: 'list $(rm x)"' }],
  [
    '`autodevops change propose scale deployment/web replicas=5 -n shop --why "…"`',
    {
      do: 'propose-change',
      action: 'scale',
      target: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      params: { replicas: '5' },
    },
  ],
] as const)('a command line can be copied into a shell: %s', (told, step) => {
  expect(inTerminal([step])).toBe(told);
});
