import { describe, expect, it } from 'vitest';
import { simulationLines } from './simulation-lines.ts';
import type { Simulated } from './simulation-lines.ts';

const look = { columns: 200, rows: undefined, colour: false, unicode: true };
const none: Simulated = { version: 'abcdef0123456789', changes: 0, same: 0, older: false, different: [] };
const looser: Simulated['different'][number] = {
  id: 'chg-1',
  will: ['Scale Deployment shop/web to 3.'],
  was: 'two',
  wouldBe: 'one',
  direction: 'looser',
  decision: {
    tier: 'one',
    roles: [],
    policyVersion: 'v',
    voices: [
      { rule: 'web', tier: 'one', why: 'Web is small.' },
      { rule: 'other', tier: 'auto', why: 'Other.' },
    ],
  },
};

describe('a policy that was tried', () => {
  it('is told with each change that would differ, and the rules that would say so', () => {
    const lines = simulationLines({ ...none, changes: 3, same: 2, different: [looser] }, look);
    expect(lines.slice(0, 5)).toEqual([
      'chg-1  two → one (looser)',
      '   Scale Deployment shop/web to 3.',
      '   │ web: Web is small.',
      '',
      '3 past changes: 2 the same, 1 looser, 0 stricter.',
    ]);
  });

  it('says that nothing differs, that there was nothing, and what was left out', () => {
    expect(simulationLines({ ...none, changes: 1, same: 1 }, look)[0]).toBe('1 past change: each decided as it was.');
    expect(simulationLines(none, look)[0]).toContain('nothing to compare with');
    expect(simulationLines({ ...none, older: true }, look)).toContain('There are older changes, which were left out.');
  });
});
