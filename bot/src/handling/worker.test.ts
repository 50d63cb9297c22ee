import { describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClaimedEvent } from '@autodevops/domain/ports/bot-store';
import { SlackFailure } from '../slack/slack-failure.ts';
import { inboundEvent } from '../testing/surroundings.ts';
import type { Worked } from './work-on-event.ts';
import { startWorker } from './worker.ts';
import type { Worker } from './worker.ts';

interface Bench {
  readonly worker: Worker;
  readonly store: ReturnType<typeof createMemoryBotStore>;
  readonly outcomes: readonly string[];
  readonly told: readonly unknown[];
  readonly until: (count: number) => Promise<void>;
  readonly arrive: (id: string, handler?: string) => Promise<void>;
}

function bench(
  work: (event: ClaimedEvent, signal: AbortSignal) => Promise<Worked>,
  attempts = 3,
  deadline = 5000,
  {
    store = createMemoryBotStore(),
    now = Date.now,
  }: { readonly store?: Bench['store']; readonly now?: () => number } = {},
): Bench {
  const outcomes: string[] = [];
  const told: unknown[] = [];
  let seen: () => void = () => {};
  const worker = startWorker({
    inbox: store.inbox,
    holder: 'w1',
    work,
    attempts,
    deadline,
    now,
    tell: async (_event, error) => void told.push(error),
    wait: async (milliseconds, signal) =>
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, Math.min(milliseconds, 5));
        signal.addEventListener(
          'abort',
          () => {
            clearTimeout(timer);
            resolve();
          },
          { once: true },
        );
      }),
    log: () => {},
    observe: (_handler, outcome) => {
      outcomes.push(outcome);
      seen();
    },
  });
  return {
    worker,
    store,
    outcomes,
    told,
    until: async (count) => {
      while (outcomes.length < count) {
        await new Promise<void>((resolve) => {
          seen = resolve;
        });
      }
    },
    arrive: async (id, handler = 'command./jamie') => {
      const event = inboundEvent({ id, handler });
      const hold = worker.holdFor(event);
      if ((await store.inbox.accept(event, hold)) && hold !== undefined) worker.begin(event);
    },
  };
}

describe('an event', () => {
  it('is worked on once, however often it comes, and is settled', async () => {
    const worked: string[] = [];
    const { worker, arrive, until, outcomes, store } = bench(async ({ id }) => {
      worked.push(id);
      return 'done';
    });
    await arrive('Ev1');
    await arrive('Ev1');
    await until(1);
    await worker.stop(100);
    expect(worked).toEqual(['Ev1']);
    expect(outcomes).toEqual(['done']);
    expect(await store.inbox.accept(inboundEvent({ id: 'Ev1' }))).toBe(false);
  });

  it('that another process left behind is found', async () => {
    const { worker, store, until, outcomes } = bench(async () => 'done');
    await store.inbox.accept(inboundEvent({ id: 'left' }));
    await until(1);
    await worker.stop(100);
    expect(outcomes).toEqual(['done']);
  });

  it('that fails for a reason that people should read is told, and not tried again', async () => {
    const { worker, arrive, until, outcomes, told } = bench(async () => {
      throw new AutoDevOpsError('change.not-found', 'There is no change.', '');
    });
    await arrive('Ev1');
    await until(1);
    await worker.stop(100);
    expect(outcomes).toEqual(['told']);
    expect(told).toHaveLength(1);
  });

  it('that Slack refuses for a reason that people know how to help is told, and lies nowhere', async () => {
    const { worker, arrive, until, outcomes, store } = bench(async () => {
      throw new SlackFailure('refused', 'not_in_channel');
    });
    await arrive('Ev1');
    await until(1);
    await worker.stop(100);
    expect(outcomes).toEqual(['told']);
    expect(await store.inbox.dead(10)).toEqual([]);
  });

  it('that fails because Slack is busy is tried again later', async () => {
    let tries = 0;
    const { worker, arrive, until, outcomes, store } = bench(async () => {
      tries += 1;
      throw new SlackFailure('later', 'ratelimited', { retryAfter: 60_000 });
    });
    await arrive('Ev1');
    await until(1);
    await worker.stop(100);
    expect(outcomes).toEqual(['later']);
    expect(tries).toBe(1);
    expect(await store.inbox.claim({ holder: 'w2', milliseconds: 1000, limit: 1 })).toEqual([]);
  });

  it('that fails at its last attempt is laid aside for people, and its actor is told', async () => {
    const { worker, arrive, until, outcomes, told, store } = bench(async () => {
      throw new TypeError('a fault');
    }, 1);
    await arrive('Ev1');
    await until(1);
    await worker.stop(100);
    expect(outcomes).toEqual(['given-up']);
    expect(told).toHaveLength(1);
    expect((await store.inbox.dead(10)).map(({ id, why }) => [id, why])).toEqual([['Ev1', 'a fault']]);
  });

  it('that takes too long is ended, and its actor is told', async () => {
    const { worker, arrive, until, told } = bench(
      async (_event, signal) =>
        await new Promise<Worked>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
      3,
      30,
    );
    await arrive('Ev1');
    await until(1);
    await worker.stop(100);
    expect(told).toMatchObject([
      { code: 'agent.busy', message: expect.stringContaining('That took longer') as string },
    ]);
  });

  it('of a click waits behind no questions of its workspace', async () => {
    const waiting: (() => void)[] = [];
    const { worker, arrive, until, outcomes } = bench(async ({ handler }) => {
      if (handler === 'command./jamie') {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
      return 'done';
    });
    for (let nth = 0; nth < 40; nth += 1) await arrive(`slow${nth}`);
    await arrive('click', 'action.approve-change');
    await until(1);
    expect(outcomes).toEqual(['done']);
    expect(waiting.length).toBeLessThanOrEqual(16);
    const stopped = worker.stop(100);
    for (const go of waiting) go();
    await stopped;
  });

  it('that is at work when the bot is stopped is given back to others', async () => {
    const { worker, arrive, store } = bench(
      async (_event, signal) =>
        await new Promise<Worked>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
    );
    await arrive('Ev1');
    await worker.stop(10);
    expect((await store.inbox.claim({ holder: 'w2', milliseconds: 1000, limit: 1 })).map(({ id }) => id)).toEqual([
      'Ev1',
    ]);
  });

  it('that ends whoever works on it is laid aside before it is begun once more', async () => {
    const store = createMemoryBotStore();
    await store.inbox.accept(inboundEvent({ id: 'poison' }));
    for (let death = 0; death < 4; death += 1) {
      await store.inbox.claim({ holder: `dead${death}`, milliseconds: 60_000, limit: 1 });
      await store.inbox.defer('poison', `dead${death}`, new Date(0).toISOString(), 'its process ended');
    }
    let begun = 0;
    const { worker, until, outcomes, told } = bench(
      async () => {
        begun += 1;
        return 'done';
      },
      1,
      5000,
      { store },
    );
    await until(1);
    await worker.stop(100);
    expect([begun, outcomes]).toEqual([0, ['given-up']]);
    expect(told).toMatchObject([{ code: 'agent.busy' }]);
    expect((await store.inbox.dead(10)).map(({ id }) => id)).toEqual(['poison']);
  });

  it('that is worked on, or waits for its turn, is held on to, and what was settled is not', async () => {
    let time = 0;
    const store = createMemoryBotStore({ now: () => time });
    const renewed: (readonly string[])[] = [];
    const renew = store.inbox.renew.bind(store.inbox);
    Object.assign(store.inbox, {
      renew: async (ids: readonly string[], hold: Parameters<typeof renew>[1]) => {
        renewed.push(ids);
        time += 10_000;
        await renew(ids, hold);
      },
    });
    const going: (() => void)[] = [];
    const { worker, arrive, until } = bench(
      async ({ id }) => {
        if (id.startsWith('slow')) {
          await new Promise<void>((resolve) => {
            going.push(resolve);
          });
        }
        return 'done';
      },
      3,
      60_000,
      { store, now: () => time },
    );
    await arrive('quick', 'action.approve-change');
    await until(1);
    for (let nth = 0; nth < 20; nth += 1) await arrive(`slow${nth}`);
    while (renewed.length < 4) {
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
    }
    expect(renewed.at(-1)).toHaveLength(20);
    expect(await store.inbox.claim({ holder: 'w2', milliseconds: 1000, limit: 100 })).toEqual([]);
    const stopped = worker.stop(100);
    for (const go of going) go();
    await stopped;
    expect((await store.inbox.claim({ holder: 'w2', milliseconds: 1000, limit: 100 })).map(({ id }) => id)).toEqual([
      'slow16',
      'slow17',
      'slow18',
      'slow19',
    ]);
  });

  it("of a workspace that floods is found in its turn, beside another's that comes at once", async () => {
    const going: (() => void)[] = [];
    const worked: string[] = [];
    const { worker, arrive, store } = bench(async ({ id }) => {
      worked.push(id);
      await new Promise<void>((resolve) => {
        going.push(resolve);
      });
      return 'done';
    });
    for (let nth = 0; nth < 200; nth += 1) await arrive(`flood${nth}`);
    expect(worker.holdFor(inboundEvent({ id: 'one more' }))).toBeUndefined();
    const calm = inboundEvent({ id: 'calm', team: 'T-calm' });
    await store.inbox.accept(calm, worker.holdFor(calm));
    worker.begin(calm);
    await new Promise((resolve) => setImmediate(resolve));
    expect(worked.at(-1)).toBe('calm');
    const stopped = worker.stop(10);
    for (const go of going) go();
    await stopped;
  });
});
