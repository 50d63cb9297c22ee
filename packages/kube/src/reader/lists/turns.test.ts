import { setTimeout as pause } from 'node:timers/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe('turns', () => {
  it('let the event loop go on although many work at the same time', async () => {
    const turns = createTurns(5);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let piece = 0; piece < 20; piece++) {
          busy(1);
          await turns();
        }
      }),
    );
    delay.disable();
    // 200 ms of work; a busy machine may take the processor away for a while.
    expect(delay.percentile(90) / 1e6).toBeLessThan(40);
  });

  it('cost nothing where there is little to do', async () => {
    const turns = createTurns(5);
    await pause(10);
    expect(turns()).toBeUndefined();
  });
});
