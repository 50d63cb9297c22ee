import { describe, expect, it } from 'vitest';
import { lookAgainOnNews } from './looking-again.ts';

interface Scene {
  /** What was done, in its order. */
  readonly done: string[];
  /** The cluster shows something new. */
  readonly news: () => Promise<void>;
  readonly end: () => Promise<void>;
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Rests pass at once. `glances`: what each gives in turn, then 100. */
function scene({
  wanting = async () => ['a'],
  glances = [],
}: {
  readonly wanting?: () => Promise<readonly string[]>;
  readonly glances?: readonly (number | undefined)[];
} = {}): Scene {
  const done: string[] = [];
  const ending = new AbortController();
  let [version, wake, glanced] = [0, (): void => undefined, 0];
  const work = lookAgainOnNews(
    {
      news: {
        version: () => version,
        changed: async (beyond, signal) => {
          if (version > beyond || signal.aborted) return;
          await new Promise<void>((resolve) => {
            wake = resolve;
            signal.addEventListener('abort', () => resolve(), { once: true });
          });
        },
      },
      clock: { now: () => 0, wait: async (milliseconds) => void done.push(`rests ${milliseconds}`) },
      wanting,
      glance: async (id) => {
        done.push(`glances at ${id}`);
        const took = glanced < glances.length ? glances[glanced] : 100;
        glanced += 1;
        return took;
      },
      failed: (error) => done.push(error instanceof Error ? error.message : ''),
    },
    ending.signal,
  );
  return {
    done,
    news: async () => {
      version += 1;
      wake();
      await turn();
    },
    end: async () => {
      ending.abort();
      await work;
    },
  };
}

describe('what nothing explains', () => {
  it('is looked at again when the cluster has news, and not before', async () => {
    const { done, news, end } = scene();
    await turn();
    expect(done).toEqual(['glances at a', 'rests 2000']);
    await news();
    expect(done).toEqual(['glances at a', 'rests 2000', 'glances at a', 'rests 2000']);
    await end();
  });

  it('takes a tenth of the process: a round is followed by a rest nine times as long, which has an end', async () => {
    const { done, news, end } = scene({ wanting: async () => ['a', 'b'], glances: [300, 200, 9000, Infinity] });
    await turn();
    await news();
    expect(done.filter((what) => what.startsWith('rests'))).toEqual(['rests 4500', 'rests 30000']);
    await end();
  });

  it('is tried again without news where somebody was at it', async () => {
    const { done, end } = scene({ glances: [undefined] });
    await turn();
    expect(done).toEqual(['glances at a', 'rests 2000', 'glances at a', 'rests 2000']);
    await end();
  });

  it('costs no look where there is none', async () => {
    const { done, news, end } = scene({ wanting: async () => [] });
    await turn();
    await news();
    expect(done).toEqual(['rests 2000', 'rests 2000']);
    await end();
  });

  it('is not forgotten over a store that does not answer, which is told and left alone for a while', async () => {
    let isAway = true;
    const { done, news, end } = scene({
      wanting: async () => {
        if (isAway) throw new Error('the store is away');
        return ['a'];
      },
    });
    await turn();
    isAway = false;
    await news();
    expect(done).toEqual(['the store is away', 'rests 30000', 'glances at a', 'rests 2000']);
    await end();
  });
});
