import { describe, expect, it } from 'vitest';
import type { Self } from '@autodevops/agent-core/policy/question';
import { knowingSelf } from './knowing-self.ts';

const known: Self = { namespace: 'ops', user: 'agent', objects: [] };

/** Answers one after the other; what was found is told with how often it was looked for. */
function asking(...answers: readonly (Self | Error)[]): {
  readonly ask: (at: number) => Promise<readonly [Self, number]>;
} {
  let [now, count] = [0, 0];
  const self = knowingSelf({
    find: async () => {
      const answer = answers[count] ?? known;
      count += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    namespace: 'ops',
    now: () => now,
  });
  return {
    ask: async (at) => {
      now = at;
      return [await self(), count];
    },
  };
}

describe('what the agent stands on', () => {
  it('is asked for anew after half a minute, because bindings change', async () => {
    const other = { ...known, user: 'other' };
    const { ask } = asking(known, other);
    expect([await ask(0), await ask(29_999), await ask(30_000)]).toEqual([
      [known, 1],
      [known, 1],
      [other, 2],
    ]);
  });

  it('is asked for at once again where it was not found out', async () => {
    const { ask } = asking(new Error('away'), { namespace: 'ops', user: 'agent' }, known);
    expect(await ask(0)).toEqual([{ namespace: 'ops', user: '' }, 1]);
    expect(await ask(1)).toEqual([{ namespace: 'ops', user: 'agent' }, 2]);
    expect([await ask(2), await ask(3)]).toEqual([
      [known, 3],
      [known, 3],
    ]);
  });

  it('is asked for once by all who ask together', async () => {
    const { ask } = asking(known);
    expect(await Promise.all([ask(0), ask(0)])).toEqual([
      [known, 1],
      [known, 1],
    ]);
  });
});
