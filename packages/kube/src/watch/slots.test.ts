import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSlots } from './slots.ts';

describe('slots', () => {
  it('let so many in, in turn', async () => {
    const take = createSlots(2);
    let [inside, most] = [0, 0];
    await Promise.all(
      Array.from({ length: 9 }, async () => {
        const release = await take();
        most = Math.max(most, ++inside);
        await pause(2);
        inside--;
        release();
        release();
      }),
    );
    expect([most, inside]).toEqual([2, 0]);
  });
});
