import { describe, expect, it } from 'vitest';
import { steadyClock } from './steady-clock.ts';
import type { SteadyClock } from './steady-clock.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-01-01T12:00:00Z');

interface Machine {
  readonly clock: SteadyClock;
  /** The clock of another process of the machine, which begins now. */
  readonly begin: () => SteadyClock;
  /** Time passes. */
  readonly pass: (milliseconds: number) => void;
  /** Somebody sets the clock on the wall. */
  readonly set: (milliseconds: number) => void;
}

function machine(): Machine {
  let [wall, passed] = [noon, 5000];
  const begin = (): SteadyClock => steadyClock({ wall: () => wall, passed: () => passed });
  return {
    clock: begin(),
    begin,
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
    expect([clock.now(), clock.earliest(), clock.behind(), clock.ahead()]).toEqual([noon + hour, noon + hour, 0, 0]);
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

describe('the earliest that it can be', () => {
  it('goes on by what has passed when the wall is set forwards by hours', () => {
    const { clock, pass, set } = machine();
    pass(hour);
    set(10 * hour);
    pass(60_000);
    expect([clock.now(), clock.earliest(), clock.ahead()]).toEqual([
      noon + 11 * hour + 60_000,
      noon + hour + 60_000,
      10 * hour,
    ]);
  });

  it('is what the wall shows when that is set right', () => {
    const { clock, pass, set } = machine();
    set(10 * hour);
    pass(hour);
    expect(clock.earliest()).toBe(noon + hour);
    set(-10 * hour);
    pass(hour);
    expect([clock.earliest(), clock.ahead()]).toEqual([noon + 2 * hour, 0]);
  });

  it('is what the wall shows when that is set back', () => {
    const { clock, set } = machine();
    set(-3 * hour);
    expect([clock.earliest(), clock.now(), clock.ahead()]).toEqual([noon - 3 * hour, noon, 0]);
  });

  it('is not moved by what lies between two readings', () => {
    const { clock, set } = machine();
    set(1500);
    expect([clock.earliest(), clock.ahead()]).toEqual([noon + 1500, 0]);
  });

  it('follows a clock that was set when it has stood for a day, and not a minute before', () => {
    const { clock, pass, set } = machine();
    set(10 * hour);
    expect(clock.ahead()).toBe(10 * hour);
    pass(24 * hour - 60_000);
    expect(clock.ahead()).toBe(10 * hour);
    pass(60_000);
    expect([clock.ahead(), clock.earliest()]).toEqual([0, noon + 34 * hour]);
  });

  it('waits anew when the clock is set once more', () => {
    const { clock, pass, set } = machine();
    set(10 * hour);
    clock.earliest();
    pass(23 * hour);
    set(hour);
    clock.earliest();
    pass(2 * hour);
    expect(clock.ahead()).toBe(11 * hour);
  });

  it('notices a clock that was set back, stood so for a day and is set forwards again', () => {
    const { clock, pass, set } = machine();
    set(-5 * hour);
    clock.earliest();
    pass(24 * hour);
    clock.earliest();
    set(3 * hour);
    expect(clock.ahead()).toBe(3 * hour);
  });

  it('goes on in the next process of the machine, with the day that a set clock has to stand', () => {
    const { clock, begin, pass, set } = machine();
    set(10 * hour);
    clock.earliest();
    pass(20 * hour);
    const next = begin();
    expect(next.ahead()).toBe(0);
    next.resume(clock.bearing());
    expect(next.ahead()).toBe(10 * hour);
    pass(4 * hour);
    expect(next.ahead()).toBe(0);
  });
});
