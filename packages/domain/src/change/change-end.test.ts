import { expect, it } from 'vitest';
import type { ChangeEvent } from './change.ts';
import { endsChange } from './change-end.ts';
import type { Tier } from './decision.ts';

const time = '2026-01-01T00:00:00.000Z';
const decided = (tier: Tier): ChangeEvent => ({
  type: 'decided',
  time,
  digest: 'd',
  decision: { tier, voices: [{ rule: 'r', tier, why: 'w' }], roles: [], policyVersion: 'p' },
});

it('knows a change ended when it was verified, undone, refused or given up', () => {
  const ends: readonly ChangeEvent[] = [
    { type: 'verified', time, says: '' },
    { type: 'undone', time, says: '' },
    { type: 'failed', time, says: '' },
    { type: 'unknown', time, says: '' },
    { type: 'expired', time },
    { type: 'superseded', time, by: 'chg-2' },
    decided('forbidden'),
  ];
  expect(ends.filter((event) => !endsChange(event))).toEqual([]);
});

it('knows that something is still due after the rest', () => {
  const open: readonly ChangeEvent[] = [
    decided('auto'),
    decided('two'),
    { type: 'verification-began', time },
    { type: 'not-verified', time, says: '' },
    { type: 'execution-began', time, holder: 'h', fence: 1 },
  ];
  expect(open.filter(endsChange)).toEqual([]);
});
