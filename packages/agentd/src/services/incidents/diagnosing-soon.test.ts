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

function scene({ explained = false }: { readonly explained?: boolean } = {}): Scene {
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
  const diagnosing = diagnosingSoon(
    {
      clock,
      look,
      explains: () => explained,
      lookFurther: async (_id, seen) => void further.push(seen),
      failed: (id, error) => done.push(`${id}: ${error instanceof Error ? error.message : ''}`),
    },
    ending.signal,
  );
  return {
    ...diagnosing,
    done,
    further,
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
    for (const [id, took] of [
      ['a', 2000],
      ['b', 50_000],
    ] as const) {
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

describe('a glance at an incident', () => {
  it('tells how long it took, and goes no further where it explains nothing', async () => {
    const { glance, end, further } = scene();
    const took = glance('a');
    await end('a', 200);
    expect([await took, further]).toEqual([200, []]);
  });

  it('goes further where it explains something', async () => {
    const { glance, end, further } = scene({ explained: true });
    const took = glance('a');
    await end('a', 200);
    expect([await took, further]).toEqual([200, ['what is seen of a']]);
  });

  it('is none while a look or its rest is under way, nor after the end', async () => {
    const { glance, soon, end, rested, stop, done } = scene();
    soon('a');
    expect(await glance('a')).toBeUndefined();
    await end('a');
    expect(await glance('a')).toBeUndefined();
    await rested();
    stop();
    expect(await glance('a')).toBeUndefined();
    expect(done).toEqual(['looks at a', 'rests 1000']);
  });

  it('is followed by a whole look where something was told meanwhile', async () => {
    const { glance, soon, end, rested, done, further } = scene();
    void glance('a');
    soon('a');
    await end('a');
    await rested();
    await end('a');
    expect(done.filter((what) => what === 'looks at a')).toHaveLength(2);
    expect(further).toEqual(['what is seen of a']);
  });

  it('that fails has taken for ever, so that nobody tries again at once', async () => {
    const { glance, end, done } = scene();
    const took = glance('a');
    await end('a', 0, new Error('away'));
    expect(await took).toBe(Infinity);
    expect(done).toEqual(['looks at a', 'a: away', 'rests 1000']);
  });
});
