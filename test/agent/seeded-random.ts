/** Numbers that are the same in every run of the same seed (mulberry32). */
export interface SeededRandom {
  /** From 0 up to, not including, `below`. */
  readonly whole: (below: number) => number;
  readonly one: <T>(of: readonly [T, ...T[]]) => T;
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const whole = (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  return { whole, one: (of) => of[whole(of.length)] ?? of[0] };
}
