import { describe, expect, it } from 'vitest';
import { createServerClock } from './server-clock.ts';
import type { ServerClock } from './server-clock.ts';

const hour = 3_600_000;
const begin = Date.UTC(2026, 0, 1, 12);

/** Answers of a server whose clock differs by `offset`, read `lateMs` after they were written. */
function world(): {
  clock: ServerClock;
  answer: (offset: number, lateMs?: number) => void;
  pass: (milliseconds: number) => void;
} {
  let passed = 0;
  const clock = createServerClock({ now: () => begin + passed, steady: () => passed });
  const answer = (offset: number, lateMs = 0): void =>
    clock.hear(new Date(begin + passed - lateMs + offset).toUTCString());
  return {
    clock,
    answer,
    pass: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

describe('the clock of the API server', () => {
  it('is taken for ours while it agrees to within seconds, or nothing is known of it', () => {
    const { clock, answer } = world();
    expect(clock.offset()).toBe(0);
    for (const header of [undefined, '', 'yesterday']) clock.hear(header);
    answer(1_900);
    answer(-2_000);
    expect(clock.offset()).toBe(0);
  });

  it('goes before or after ours by what its answers say', () => {
    for (const offset of [-2 * hour, -61_000, 61_000, 400 * 24 * hour]) {
      const { clock, answer } = world();
      answer(offset);
      expect(Math.abs(clock.offset() - offset)).toBeLessThanOrEqual(1_000);
    }
  });

  it('is not put back by an answer that was read late', () => {
    const { clock, answer, pass } = world();
    answer(0);
    pass(1_000);
    answer(0, 20_000);
    expect(clock.offset()).toBe(0);
    answer(hour, 20_000);
    answer(hour);
    answer(hour, 30_000);
    expect(Math.abs(clock.offset() - hour)).toBeLessThanOrEqual(1_000);
  });

  it('is followed when somebody puts it right, forwards at once and backwards within a minute', () => {
    const { clock, answer, pass } = world();
    answer(-hour);
    answer(0);
    expect(clock.offset()).toBe(0);
    answer(hour);
    pass(61_000);
    answer(0);
    expect(clock.offset()).toBe(0);
  });

  it('says the same again while nothing changes, whatever part of a second an answer fell into', () => {
    const { clock, answer, pass } = world();
    answer(hour);
    const first = clock.offset();
    for (let count = 0; count < 500; count++) {
      pass(333);
      answer(hour, (count * 37) % 900);
    }
    expect(clock.offset()).toBe(first);
  });
});
