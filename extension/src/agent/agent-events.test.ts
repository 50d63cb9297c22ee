import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { memoryKept } from '../testing/memory-kept.ts';
import { steadyClock } from '../testing/steady-clock.ts';
import { stubAgent } from '../testing/stub-agent.ts';
import type { StubAgent, Stubs } from '../testing/stub-agent.ts';
import { AgentEvents } from './agent-events.ts';
import type { EventFollower } from './agent-events.ts';

type OutboxItem = {
  readonly id: string;
  readonly event: { cursor: number; time: string; topic: string; subject: string; data: Record<string, never> };
};

function happened(cursor: number, topic: string): OutboxItem {
  return { id: String(cursor), event: { cursor, time: '', topic, subject: 'chg-a1b2c3d4e5f6', data: {} } };
}

function scene(
  events: Stubs['events'],
  kept = memoryKept(),
): { readonly events: AgentEvents; readonly agent: StubAgent; readonly streams: () => number } {
  const agent = stubAgent({ events: events ?? [] });
  const all = new AgentEvents({
    client: async () => agent.client,
    clock: steadyClock().clock,
    kept,
    agentKey: () => 'a',
  });
  return { events: all, agent, streams: () => agent.calls.filter(([name]) => name === 'events').length };
}

/** A follower that writes down what it is told, and a promise of the time when it was told so much. */
function listening(until: number): {
  readonly follower: EventFollower;
  readonly told: string[];
  readonly heard: Promise<void>;
} {
  const told: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const note = (what: string): void => {
    if (told.push(what) >= until) resolve();
  };
  return {
    told,
    heard: promise,
    follower: {
      began: () => note('began'),
      happened: note,
      broken: (error) => note(error instanceof Error ? error.message : 'broken'),
    },
  };
}

describe('the events of an agent', () => {
  it('are one stream, whoever follows them', async () => {
    const { events, streams } = scene([happened(7, 'change.proposed'), happened(8, 'incident.opened')]);
    const [one, two] = [listening(3), listening(3)];
    events.follow(one.follower);
    events.follow(two.follower);
    await Promise.all([one.heard, two.heard]);
    expect([one.told, two.told, streams()]).toEqual([
      ['began', 'change.proposed', 'incident.opened'],
      ['began', 'change.proposed', 'incident.opened'],
      1,
    ]);
  });

  it('have begun already for who comes later', async () => {
    const { events, streams } = scene([happened(7, 'change.proposed')]);
    const [one, two] = [listening(2), listening(1)];
    events.follow(one.follower);
    await one.heard;
    events.follow(two.follower);
    await two.heard;
    expect([two.told, streams()]).toEqual([['began'], 1]);
  });

  it('end with the last who leaves, and begin anew for the next', async () => {
    const { events, streams } = scene([]);
    const [one, two] = [listening(1), listening(1)];
    const leave = events.follow(one.follower);
    await one.heard;
    leave();
    leave();
    events.follow(two.follower);
    await two.heard;
    await expect.poll(streams).toBe(2);
  });

  it('are read from where the window stood last', async () => {
    const kept = memoryKept({ 'cursor:a': 41 });
    const { events, agent } = scene([happened(42, 'memory.put')], kept);
    const one = listening(2);
    events.follow(one.follower);
    await one.heard;
    expect(agent.calls).toEqual([['events', { query: { after: 41 } }]]);
    await expect.poll(() => kept.get('cursor:a')).toBe(42);
  });

  it('are read from the first where nothing sensible is kept', async () => {
    const { events, agent } = scene([], memoryKept({ 'cursor:a': 'nonsense' }));
    const one = listening(1);
    events.follow(one.follower);
    await expect.poll(() => agent.calls).toEqual([['events', { query: { after: 0 } }]]);
  });

  it('that the agent no longer keeps are not waited for', async () => {
    const gone = new AutoDevOpsError('object.not-found', 'Events after 41 are no longer kept.', 'Look.');
    const { events, agent } = scene(
      ({ query }) => {
        if (query?.['after'] === 41) throw gone;
        return [];
      },
      memoryKept({ 'cursor:a': 41 }),
    );
    const one = listening(2);
    events.follow(one.follower);
    await one.heard;
    expect(one.told).toEqual(['began', 'began']);
    await expect.poll(() => agent.calls.at(-1)).toEqual(['events', { query: { after: 0 } }]);
  });

  it('that break are told to be broken, and tried again', async () => {
    let tries = 0;
    const { events } = scene(() => {
      if (++tries < 2) throw new AutoDevOpsError('agent.unreachable', 'No agent.', 'Wait.');
      return [];
    });
    const one = listening(3);
    events.follow(one.follower);
    await one.heard;
    expect(one.told).toEqual(['began', 'No agent.', 'began']);
  });
});
