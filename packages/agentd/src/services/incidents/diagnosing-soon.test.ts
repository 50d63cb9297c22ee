import { describe, expect, it } from 'vitest';
import { diagnosingSoon } from './diagnosing-soon.ts';
import type { DiagnosingSoon } from './diagnosing-soon.ts';

interface Scene extends DiagnosingSoon {
  /** What was done, in its order. */
  readonly done: string[];
  /** What was looked at further. */
  readonly further: string[];
  /** Ends the look that is under way at an incident, after so many milliseconds. */
  readonly end: (id: string, milliseconds?: number, failure?: Error) => Promise<void>;
  /** Ends the rests that are under way. */
  readonly rested: () => Promise<void>;
  readonly stop: () => void;
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function scene(): Scene {
  const done: string[] = [];
  const further: string[] = [];
  const looks = new Map<string, PromiseWithResolvers<void>>();
  const rests: (() => void)[] = [];
  const ending = new AbortController();
  let now = 0;
  const clock = {
    now: () => now,
    wait: async (milliseconds: number, signal: AbortSignal): Promise<void> => {
      done.push(`rests ${milliseconds}`);
      await new Promise<void>((resolve, reject) => {
        rests.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      });
    },
  };
  const look = async (id: string): Promise<string> => {
    done.push(`looks at ${id}`);
    const one = Promise.withResolvers<void>();
    looks.set(id, one);
    await one.promise;
    return `what is seen of ${id}`;
  };
  const diagnosing = diagnosingSoon({
    clock, look, lookFurther: async (_id, seen) => void further.push(seen),
    failed: (id, error) => done.push(`${id}: ${error instanceof Error ? error.message : ''}`),
  }, ending.signal);
  return {
    ...diagnosing, done, further,
    end: async (id, milliseconds = 0, failure) => {
      now += milliseconds;
      if (failure === undefined) looks.get(id)?.resolve();
      else looks.get(id)?.reject(failure);
      await turn();
    },
    rested: async () => {
      for (const end of rests.splice(0)) end();
      await turn();
    },
    stop: () => ending.abort(),
  };
}

describe('a look at an incident', () => {
  it('is at once, and what comes meanwhile and in the rest after it is one more', async () => {
    const { soon, done, end, rested } = scene();
    soon('a');
    for (let times = 0; times < 5; times += 1) soon('a');
    await end('a', 100);
    soon('a');
    expect(done).toEqual(['looks at a', 'rests 1000']);
    await rested();
    expect(done).toEqual(['looks at a', 'rests 1000', 'looks at a']);
    await end('a', 100);
    await rested();
    expect(done.slice(3)).toEqual(['rests 1000']);
  });

  it('that takes long is followed by a longer rest, which has an end', async () => {
    const { soon, done, end, rested } = scene();
    for (const [id, took] of [['a', 2000], ['b', 50_000]] as const) {
      soon(id);
      await end(id, took);
      await rested();
    }
    expect(done).toEqual(['looks at a', 'rests 6000', 'looks at b', 'rests 15000']);
  });

  it('waits for its turn behind two others, and is followed by a further one at what it saw', async () => {
    const { soon, done, further, end } = scene();
    for (const id of ['a', 'b', 'c']) soon(id);
    expect(done).toEqual(['looks at a', 'looks at b']);
    await end('a');
    expect(further).toEqual(['what is seen of a']);
    expect(done).toContain('looks at c');
  });

  it('that fails is told, and the next one is made', async () => {
    const { soon, done, end, rested } = scene();
    soon('a');
    soon('a');
    await end('a', 0, new Error('away'));
    soon('a');
    await rested();
    expect(done).toEqual(['looks at a', 'a: away', 'rests 1000', 'looks at a']);
  });

  it('is begun no more once it ends, and a rest does not hold up the end', async () => {
    const { soon, done, end, stop, ended } = scene();
    soon('a');
    await end('a');
    soon('a');
    stop();
    await ended();
    soon('b');
    expect(done).toEqual(['looks at a', 'rests 1000']);
  });
});
