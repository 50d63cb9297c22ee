import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { AgentEvents } from '../agent/agent-events.ts';
import { memoryKept } from '../testing/memory-kept.ts';
import { changeLine } from '../testing/sample-change.ts';
import { steadyClock } from '../testing/steady-clock.ts';
import { stubAgent } from '../testing/stub-agent.ts';
import type { Stubs } from '../testing/stub-agent.ts';
import { ChangesFeed } from './changes-feed.ts';
import type { ChangeLine, ChangesState } from './changes-feed.ts';

const signal = AbortSignal.timeout(20_000);
const killSwitch = { on: false, by: '', why: '', since: '' };
const cluster = { name: 'kind-dev', mode: 'local' as const, autonomy: 'suggest' as const };

type OutboxItem = { cursor: number; time: string; topic: string; subject: string; data: Record<string, never> };

function happened(cursor: number, topic: string): { readonly id: string; readonly event: OutboxItem } {
  return { id: String(cursor), event: { cursor, time: '', topic, subject: 'chg-a1b2c3d4e5f6', data: {} } };
}

function known(lines: number) {
  return (state: ChangesState): state is Extract<ChangesState, { kind: 'known' }> =>
    state.kind === 'known' && state.lines.length === lines;
}

/** Lists one line more with each look. */
function growing(events: Stubs['events']): Stubs {
  const lines: ChangeLine[] = [];
  return {
    changes: () => ({
      changes: [...lines, lines.push(changeLine('waiting', { id: `chg-waiting${lines.length}` }))].slice(
        0,
        -1,
      ) as ChangeLine[],
    }),
    killSwitch,
    cluster,
    events: events ?? [],
  };
}

function feedOf(
  stubs: Stubs,
  reach: (client: AgentClient) => Promise<AgentClient> = async (client) => client,
): { readonly feed: ChangesFeed; readonly agent: ReturnType<typeof stubAgent> } {
  const agent = stubAgent(stubs);
  const { clock } = steadyClock();
  const client = async (): Promise<AgentClient> => await reach(agent.client);
  return {
    agent,
    feed: new ChangesFeed({
      client,
      clock,
      events: new AgentEvents({ client, clock, kept: memoryKept(), agentKey: () => 'a' }),
    }),
  };
}

describe('changes', () => {
  it('are listed, with the kill switch and the level', async () => {
    const { feed } = feedOf({ changes: { changes: [changeLine('waiting')] }, killSwitch, cluster, events: [] });
    feed.follow();
    expect(await feed.state.until(known(1), signal)).toEqual({
      kind: 'known',
      lines: [changeLine('waiting')],
      killSwitch,
      mode: 'local',
      autonomy: 'suggest',
    });
    feed.stop();
  });

  it('are listed again when something happened to one, once for several events of a moment', async () => {
    const { feed, agent } = feedOf(
      growing([happened(7, 'change.proposed'), happened(8, 'change.decided'), happened(9, 'kill-switch.on')]),
    );
    feed.follow();
    await feed.state.until(known(1), signal);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(agent.calls.filter(([name]) => name === 'changes').length).toBeLessThanOrEqual(3);
    expect(feed.state.value).toMatchObject({ kind: 'known' });
    feed.stop();
  });

  it('stay known with the reason when the agent is lost', async () => {
    const lost = new AutoDevOpsError('agent.unreachable', 'No agent.', 'Wait.');
    let isUp = true;
    const stubs = {
      changes: { changes: [changeLine('waiting')] },
      killSwitch,
      cluster,
      events: () => {
        isUp = false;
        throw lost;
      },
    };
    const { feed } = feedOf(stubs, async (client) => {
      if (!isUp) throw lost;
      return client;
    });
    feed.follow();
    const isStale = (state: ChangesState): state is Extract<ChangesState, { kind: 'known' }> =>
      state.kind === 'known' && state.stale !== undefined;
    expect(await feed.state.until(isStale, signal)).toMatchObject({ lines: [changeLine('waiting')], stale: lost });
    feed.stop();
  });

  it('that cannot be listed are listed again a little later', async () => {
    let tries = 0;
    const { feed } = feedOf({
      changes: () => {
        if (++tries < 3) throw new AutoDevOpsError('cluster.unreachable', 'No cluster.', 'Wait.');
        return { changes: [changeLine('waiting')] };
      },
      killSwitch,
      cluster,
      events: [],
    });
    feed.follow();
    await feed.state.until(
      (state): state is Extract<ChangesState, { kind: 'failed' }> => state.kind === 'failed',
      signal,
    );
    expect(await feed.state.until(known(1), signal)).not.toHaveProperty('stale');
    feed.stop();
  });

  it('are forgotten with their cluster', async () => {
    const { feed } = feedOf({ changes: { changes: [] }, killSwitch, cluster, events: [] });
    feed.follow();
    await feed.state.until(known(0), signal);
    feed.forget();
    expect(feed.state.value.kind).toBe('unasked');
  });
});
