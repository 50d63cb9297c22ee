import { describe, expect, it } from 'vitest';
import { knownForAWhile } from './known-for-a-while.ts';

function asked(): { readonly ask: () => Promise<number>; readonly times: () => number } {
  let times = 0;
  return { ask: async () => ++times, times: () => times };
}

describe('what was asked lately', () => {
  it('is not asked again until it is too old', async () => {
    let at = 0;
    const { ask } = asked();
    const known = knownForAWhile<number>(() => at);
    expect(await known.get('U1', 1000, ask)).toBe(1);
    at = 1000;
    expect(await known.get('U1', 1000, ask)).toBe(1);
    at = 1001;
    expect(await known.get('U1', 1000, ask)).toBe(2);
  });

  it('is asked anew for who wants it fresh, and is known afterwards', async () => {
    const { ask } = asked();
    const known = knownForAWhile<number>(() => 0);
    await known.get('U1', 1000, ask);
    expect(await known.get('U1', 0, ask)).toBe(2);
    expect(await known.get('U1', 1000, ask)).toBe(2);
  });

  it('is asked once for several at once', async () => {
    const { ask, times } = asked();
    const known = knownForAWhile<number>(() => 0);
    expect(await Promise.all([1, 2, 3].map(() => known.get('U1', 1000, ask)))).toEqual([1, 1, 1]);
    expect(times()).toBe(1);
  });

  it('that failed is asked again', async () => {
    const { ask } = asked();
    const known = knownForAWhile<number>(() => 0);
    await expect(known.get('U1', 1000, async () => await Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await known.get('U1', 1000, ask)).toBe(1);
  });
});
