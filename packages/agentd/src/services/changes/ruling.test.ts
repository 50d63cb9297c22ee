import { describe, expect, it } from 'vitest';
import { policyInForce } from '@autodevops/agent-core/policy/policy-version';
import { policyOf } from '@autodevops/agent-core/policy/testing/ask';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { rulingNow } from './ruling.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const inForce = (given: Parameters<typeof policyOf>[0]): ReturnType<typeof policyInForce> =>
  policyInForce(policyOf(given), (text) => text);

describe('what rules', () => {
  it('is the policy in force, and what the record of its level speaks for', async () => {
    const { version } = inForce({ autonomy: 'suggest' });
    expect(
      await rulingNow({
        store: createMemoryStore(),
        inForce: inForce({ autonomy: 'suggest' }),
        clock: { now: () => noon, earliest: () => noon },
      }),
    ).toEqual({
      policy: policyOf({ autonomy: 'suggest' }),
      version,
      earned: {
        current: 'suggest',
        proposed: 'suggest',
        outcomes: 0,
        succeeded: 0,
        atLeast: 0,
        says: 'No change has an outcome in the last 90 days.',
      },
    });
  });

  it('earns no level where the policy has none', async () => {
    expect(
      await rulingNow({
        store: createMemoryStore(),
        inForce: inForce({}),
        clock: { now: () => noon, earliest: () => noon },
      }),
    ).not.toHaveProperty('earned');
  });

  it('tells of the policy on trial', async () => {
    const onTrial = inForce({ autonomy: 'assist' });
    expect(
      (
        await rulingNow({
          store: createMemoryStore(),
          inForce: inForce({ autonomy: 'suggest' }),
          onTrial,
          clock: { now: () => noon, earliest: () => noon },
        })
      ).onTrial,
    ).toEqual({ ...onTrial, decisions: 0, stricter: 0, looser: 0 });
  });
});
