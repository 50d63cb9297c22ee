import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { healthyDiagnosis, problemDiagnosis } from '../testing/sample-diagnosis.ts';
import { steadyClock } from '../testing/steady-clock.ts';
import { stubAgent } from '../testing/stub-agent.ts';
import type { Stubs } from '../testing/stub-agent.ts';
import { ProblemsFeed } from './problems-feed.ts';
import type { ProblemsState } from './problems-feed.ts';

const signal = AbortSignal.timeout(20_000);
const unreachable = new AutoDevOpsError('agent.unreachable', 'The agent does not answer.', 'Wait.');

function feedOf(
  client: () => Promise<AgentClient>,
  scope = { namespace: undefined as string | undefined, hygiene: false },
): {
  readonly feed: ProblemsFeed;
  readonly until: (kind: ProblemsState['kind']) => Promise<ProblemsState>;
  readonly waits: number[];
} {
  const { clock, waits } = steadyClock();
  const feed = new ProblemsFeed({ client, clock, scope: () => scope });
  return {
    feed,
    waits,
    until: async (kind) => await feed.state.until((state): state is ProblemsState => state.kind === kind, signal),
  };
}

function live(diagnosis: typeof problemDiagnosis): Stubs {
  return { findings: [{ id: '1', event: { type: 'diagnosis', diagnosis } }] };
}

describe('problems', () => {
  it('are not looked for before somebody wants to know', async () => {
    let asked = 0;
    const { feed } = feedOf(async () => {
      asked += 1;
      return stubAgent(live(problemDiagnosis)).client;
    });
    expect(feed.state.value.kind).toBe('unasked');
    expect(asked).toBe(0);
  });

  it('are followed once, however often that is asked for, in the scope of the settings', async () => {
    const agent = stubAgent(live(problemDiagnosis));
    const { feed, until } = feedOf(async () => agent.client, { namespace: 'shop', hygiene: true });
    feed.follow();
    feed.follow();
    expect(await until('live')).toEqual({ kind: 'live', diagnosis: problemDiagnosis });
    expect(agent.calls).toEqual([['findings', { query: { hygiene: 'true', namespace: 'shop' } }]]);
    feed.stop();
  });

  it('stay in view with the reason when the agent is lost, and are current again when it is back', async () => {
    let call = 0;
    const breaking = {
      findings: async function* () {
        yield { id: '1', event: { type: 'diagnosis', diagnosis: problemDiagnosis } };
        throw unreachable;
      },
    } as unknown as AgentClient;
    const { feed, until } = feedOf(async () => {
      call += 1;
      if (call === 2) throw unreachable;
      return call === 1 ? breaking : stubAgent(live(healthyDiagnosis)).client;
    });
    const seen: string[] = [];
    feed.state.subscribe(({ kind }) => void seen.push(kind));
    feed.follow();
    expect(await until('stale')).toMatchObject({ diagnosis: problemDiagnosis, error: unreachable });
    expect(await until('live')).toEqual({ kind: 'live', diagnosis: healthyDiagnosis });
    expect(seen).toEqual(['looking', 'live', 'stale', 'stale', 'live']);
    feed.stop();
  });

  it('are only the reason where nothing was ever seen', async () => {
    const { feed, until, waits } = feedOf(() => Promise.reject(unreachable));
    feed.follow();
    expect(await until('failed')).toMatchObject({ error: unreachable });
    feed.stop();
    expect(waits.every((one) => one === 3000)).toBe(true);
  });

  it('are forgotten with their cluster', async () => {
    const { feed, until } = feedOf(async () => stubAgent(live(problemDiagnosis)).client);
    feed.follow();
    await until('live');
    feed.forget();
    expect(feed.state.value.kind).toBe('unasked');
    expect(feed.followed).toBe(false);
  });
});
