/** A state that people ask for, by the words for it, on a state as `stateOf` words it. */
export interface AskedState {
  readonly words: RegExp;
  readonly said: string;
  readonly test: (state: string) => boolean;
}

/** "1 of 3 ready", "selects no pod": fewer than there should be. */
function isShort(state: string): boolean {
  const match = /(\d+) of (\d+)/.exec(state);
  return match === null
    ? /^selects no pod|^not ready|^failed|^Pending|^Lost|^Terminating/.test(state)
    : Number(match[1]) < Number(match[2]);
}

/** What objects other than pods are asked to be, in the order in which it is tried. */
export const objectStates: readonly AskedState[] = [
  {
    words: /\bendpoints?\b|\bpods? behind\b/i,
    said: 'without a ready endpoint',
    test: (state) => /^0 of [1-9]|^selects no pod/.test(state),
  },
  { words: /\bsuspended\b/i, said: 'suspended', test: (state) => state.startsWith('suspended') },
  {
    words:
      /\b(?:scaled (?:down|to (?:0|zero))|at (?:zero|0)|stopped|idle|asleep|sleeping|off|(?:switched|turned|shut) (?:off|down))\b/i,
    said: 'scaled to zero',
    test: (state) => state.includes('scaled to 0'),
  },
  { words: /\bpaused\b/i, said: 'paused', test: (state) => state.startsWith('paused') },
  { words: /\b(?:pending|unbound|not bound)\b/i, said: 'pending', test: (state) => state.startsWith('Pending') },
  { words: /\bbound\b/i, said: 'bound', test: (state) => state.startsWith('Bound') },
  {
    words: /\b(?:terminating|being deleted)\b/i,
    said: 'terminating',
    test: (state) => state.startsWith('Terminating'),
  },
  {
    words: /\b(?:complete|completed|finished|succeeded|done)\b/i,
    said: 'complete',
    test: (state) => state.startsWith('complete'),
  },
  { words: /\bfailed\b/i, said: 'failed', test: (state) => state.startsWith('failed') || isShort(state) },
  {
    words:
      /\b(?:not (?:ready|healthy|available|running|ok|up)|unready|unhealthy|unavailable|failing|broken|down|stuck|degraded|in trouble)\b/i,
    said: 'not ready',
    test: isShort,
  },
  {
    words: /\b(?:ready|healthy|available|running|up|ok)\b/i,
    said: 'ready',
    test: (state) => !isShort(state) && /\d+ of \d+|^ready|^Active|^Bound|^complete/.test(state),
  },
];
