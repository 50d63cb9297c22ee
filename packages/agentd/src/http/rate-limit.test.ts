import { describe, expect, it } from 'vitest';
import { rateLimit } from './rate-limit.ts';

describe('the limit of calls', () => {
  it('lets a burst through, then as many as are refilled, and says when to come again', () => {
    const { take } = rateLimit({ perSecond: 2, burst: 3 });
    expect([1, 2, 3].map(() => take('ann', 0))).toEqual([undefined, undefined, undefined]);
    expect(take('ann', 0)).toBe(1);
    expect([take('ann', 500), take('ann', 500)]).toEqual([undefined, 1]);
  });

  it('holds nobody up for what another account does', () => {
    const { take } = rateLimit({ perSecond: 1, burst: 1 });
    take('ann', 0);
    expect(take('ben', 0)).toBeUndefined();
  });

  it('shuts nobody out when the clock is set back', () => {
    const { take } = rateLimit({ perSecond: 1, burst: 2 });
    take('ann', 3_600_000);
    expect(take('ann', 0)).toBeUndefined();
    expect(take('ann', 1000)).toBeUndefined();
  });
});
