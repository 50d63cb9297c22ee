import { describe, expect, it } from 'vitest';
import { steadyClock } from './steady-clock.ts';
import type { SteadyClock } from './steady-clock.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-01-01T12:00:00Z');

interface Machine {
  readonly clock: SteadyClock;
  /** Time passes. */
  readonly pass: (milliseconds: number) => void;
  /** Somebody sets the clock on the wall. */
  readonly set: (milliseconds: number) => void;
}

function machine(): Machine {
  let [wall, passed] = [noon, 5000];
  const clock = steadyClock({ wall: () => wall, passed: () => passed });
  return {
    clock,
    pass: (milliseconds) => {
      wall += milliseconds;
      passed += milliseconds;
    },
    set: (milliseconds) => {
      wall += milliseconds;
    },
  };
}

describe('the clock of an agent', () => {
  it('shows what the wall shows', () => {
    const { clock, pass } = machine();
    pass(hour);
    expect([clock.now(), clock.behind()]).toEqual([noon + hour, 0]);
  });

  it('goes on by what has passed when the wall is set back by hours', () => {
    const { clock, pass, set } = machine();
    pass(hour);
    set(-3 * hour);
    pass(60_000);
    expect([clock.now(), clock.behind()]).toEqual([noon + hour + 60_000, 3 * hour]);
  });

  it('believes the wall when it is set forwards, and when that is put right', () => {
    const { clock, pass, set } = machine();
    set(10 * hour);
    expect(clock.now()).toBe(noon + 10 * hour);
    set(-10 * hour);
    pass(1000);
    expect([clock.now(), clock.behind()]).toEqual([noon + 1000, 0]);
  });
});
