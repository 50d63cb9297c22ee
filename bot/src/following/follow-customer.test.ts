import { describe, expect, it, onTestFinished } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { machineClock } from '../waiting/clock.ts';
import { followCustomer } from './follow-customer.ts';
import type { FollowedEvent } from './follow-note.ts';
import type { AgentAway, Following, StandingLine } from './following.ts';

const pace = { lease: 300, sweep: 20, awayAfter: 60, again: 5 };

class ScriptedAgent {
  readonly events: FollowedEvent[] = [];
  lines: readonly StandingLine[] = [];
  isAway = false;
  /** Cursors from before this one are no longer kept. */
  oldest = 1;
  readonly asked: (string | undefined)[] = [];

  happen(topic: string, subject: string): void {
    this.events.push({ cursor: this.events.length + 1, time: new Date().toISOString(), topic, subject });
  }

  async *follow(
    after: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<{ id: string; event: FollowedEvent & { data: Record<string, never> } }> {
    this.asked.push(after);
    if (after !== undefined && Number(after) < this.oldest - 1) {
      throw new AutoDevOpsError('object.not-found', `Events after ${after} are no longer kept.`, '');
    }
    for (let cursor = after === undefined ? this.events.length : Number(after); !signal.aborted;) {
      if (this.isAway) throw new AutoDevOpsError('agent.unreachable', 'The agent does not answer.', '');
      const next = this.events[cursor];
      if (next === undefined) await machineClock.wait(2, signal);
      else {
        cursor = next.cursor;
        yield { id: String(cursor), event: { ...next, data: {} } };
      }
    }
  }
}

interface Followed {
  readonly shown: string[];
  readonly away: AgentAway[];
  readonly logged: string[];
  readonly stop: () => Promise<void>;
}

function follow(agent: ScriptedAgent, store: BotStore, given: Partial<Following> = {}): Followed {
  const ending = new AbortController();
  const [shown, away, logged]: [string[], AgentAway[], string[]] = [[], [], []];
  const done = followCustomer(
    {
      customer: 'acme',
      holder: 'one',
      store,
      clock: machineClock,
      pace,
      agent: {
        events: ((query: { after?: string }, { signal }: { signal: AbortSignal }) =>
          agent.follow(query.after, signal)) as never,
      },
      show: async (subject) => {
        shown.push(subject);
        return { updatedAt: '1', also: [] };
      },
      standing: async () => {
        if (agent.isAway) throw new AutoDevOpsError('agent.unreachable', 'The agent does not answer.', '');
        return agent.lines;
      },
      sayAway: async (one) => {
        away.push(one);
      },
      log: (message) => void logged.push(message),
      ...given,
    },
    ending.signal,
  );
  const stop = async (): Promise<void> => {
    ending.abort();
    await done;
  };
  onTestFinished(stop);
  return { shown, away, logged, stop };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 2000) throw new Error('it did not come about');
    await machineClock.wait(5, new AbortController().signal);
  }
}

async function noteOf(store: BotStore): Promise<{ readonly cursor: string; readonly stirred: readonly string[] }> {
  return (await store.notes.get('acme', 'following')) as never;
}

describe("a customer's events", () => {
  it('are shown, and what was shown is settled together with the cursor', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    const { shown } = follow(agent, store);
    await until(() => agent.asked.length > 0);
    for (const subject of ['inc-aaaaaa', 'chg-bbbbbb']) agent.happen('incident.opened', subject);
    await until(() => shown.length === 2);
    await until(async () => (await noteOf(store)).cursor === '2' && (await noteOf(store)).stirred.length === 0);
    expect(shown).toEqual(['inc-aaaaaa', 'chg-bbbbbb']);
  });

  it('ring for what is being shown, which waits for them', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    const woken: string[] = [];
    const { shown } = follow(agent, store, {
      show: async (subject, _signal, stirredAgain) => {
        shown.push(subject);
        if (shown.length > 1) return { updatedAt: '2', also: [] };
        agent.happen('incident.opened', 'inc-bbbbbb');
        agent.happen('incident.diagnosed', subject);
        await stirredAgain(60_000);
        woken.push(subject);
        return { updatedAt: '1', also: [] };
      },
    });
    await until(() => agent.asked.length > 0);
    agent.happen('incident.opened', 'inc-aaaaaa');
    await until(() => woken.length === 1);
    expect(woken).toEqual(['inc-aaaaaa']);
  });

  it('are followed on from where another one stopped, and what he had not shown is shown', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    const failing = follow(agent, store, {
      show: async () => {
        throw new Error("Slack's store is full");
      },
    });
    await until(() => agent.asked.length > 0);
    agent.happen('incident.opened', 'inc-aaaaaa');
    await until(async () => (await noteOf(store)).stirred.length === 1);
    await failing.stop();
    agent.happen('incident.opened', 'inc-bbbbbb');
    const next = follow(agent, store.again(), { holder: 'two' });
    await until(() => next.shown.length === 2);
    expect(next.shown.toSorted()).toEqual(['inc-aaaaaa', 'inc-bbbbbb']);
    expect(agent.asked).toEqual([undefined, '1']);
  });

  it('are followed by one replica at a time, and by the other when that one is gone', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    // Longer than this process may be held up: who follows gives it up by stopping, not by being slow.
    const held = { pace: { ...pace, lease: 60_000 } };
    const one = follow(agent, store, held);
    await until(() => agent.asked.length === 1);
    const two = follow(agent, store.again(), { ...held, holder: 'two' });
    for (let number = 0; number < 20; number += 1) {
      agent.happen('incident.opened', `inc-aaaaa${number % 10}${number % 7}`);
    }
    await until(() => one.shown.length > 0);
    await machineClock.wait(100, new AbortController().signal);
    expect([agent.asked.length, two.shown]).toEqual([1, []]);
    await one.stop();
    agent.happen('incident.opened', 'inc-cccccc');
    await until(() => two.shown.includes('inc-cccccc'));
  });

  it('that are gone are replaced by what stands, and followed from then on', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    await store.notes.swap('acme', 'following', undefined, {
      cursor: '3',
      followedAt: '2027-01-15T08:00:00.000Z',
      stirred: [],
      away: null,
      aways: 0,
    });
    for (let number = 0; number < 9; number += 1) agent.happen('incident.opened', `inc-aaaaa${number}`);
    agent.oldest = 8;
    agent.lines = [{ subject: 'inc-aaaaa7', updatedAt: '1' }];
    const { shown, logged } = follow(agent, store);
    await until(() => agent.asked.length === 2);
    agent.happen('incident.opened', 'inc-bbbbbb');
    await until(() => shown.includes('inc-bbbbbb'));
    expect(new Set(shown)).toEqual(new Set(['inc-aaaaa7', 'inc-bbbbbb']));
    expect(agent.asked).toEqual(['3', undefined]);
    expect(logged.filter((line) => line.includes('are gone'))).toHaveLength(1);
  });

  it('that no event told are found by looking at what stands, once', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    agent.lines = [{ subject: 'inc-aaaaaa', updatedAt: '1' }];
    const { shown } = follow(agent, store);
    await until(() => shown.length === 1);
    await machineClock.wait(100, new AbortController().signal);
    expect(shown).toEqual(['inc-aaaaaa']);
  });
});

describe('an agent that does not answer', () => {
  it('is told of once when that has lasted, and it is taken back when it answers', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    const { away, shown } = follow(agent, store);
    await until(() => agent.asked.length > 0);
    agent.happen('incident.opened', 'inc-bbbbbb');
    await until(() => shown.length === 1);
    agent.isAway = true;
    await until(() => away.length > 2);
    expect(new Set(away.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(away[0]).toMatchObject({ number: 1, until: '' });
    agent.isAway = false;
    agent.happen('incident.opened', 'inc-aaaaaa');
    await until(() => away.at(-1)?.until !== '' && shown.length === 2);
    expect(away.at(-1)).toMatchObject({ number: 1, since: away[0]?.since });
    const told = away.length;
    await machineClock.wait(100, new AbortController().signal);
    expect(away).toHaveLength(told);
  });

  it('for a moment is told of to nobody', async () => {
    const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
    const { away, shown } = follow(agent, store, { pace: { ...pace, awayAfter: 60_000 } });
    await until(() => agent.asked.length > 0);
    agent.happen('incident.opened', 'inc-bbbbbb');
    await until(() => shown.length === 1);
    agent.isAway = true;
    await machineClock.wait(100, new AbortController().signal);
    agent.isAway = false;
    agent.happen('incident.opened', 'inc-aaaaaa');
    await until(() => shown.length === 2);
    expect(away).toEqual([]);
  });
});

it('a replica that was paused writes nothing over the one that took its place', async () => {
  const [agent, store] = [new ScriptedAgent(), createMemoryBotStore()];
  const paused = follow(agent, store);
  await until(() => agent.asked.length === 1);
  await store.notes.swap('acme', 'following', await store.notes.get('acme', 'following'), {
    cursor: '77',
    followedAt: '2027-01-15T08:00:00.000Z',
    stirred: [],
    away: null,
    aways: 0,
  });
  agent.happen('incident.opened', 'inc-aaaaaa');
  await until(() => paused.logged.includes('a customer is no longer followed here'));
  expect((await noteOf(store)).cursor).toBe('77');
});
