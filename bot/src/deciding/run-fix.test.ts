import { describe, expect, it } from 'vitest';
import type { AgentClient } from '@autodevops/agentd/client';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Tier } from '@autodevops/domain/change/decision';
import { fakeAgent } from '../testing/fake-agent.ts';
import type { FakeAgent } from '../testing/fake-agent.ts';
import { changeSample, diagnosed, imageNotFound, incidentSample, web } from '../threads/testing/incident-samples.ts';
import { runFix } from './run-fix.ts';
import { click, memoryStore, stands, work } from './testing/clicks.ts';

const incident = incidentSample(diagnosed);
const change = changeSample();
const request = { action: 'rollout-undo', target: web, params: {} };
type Fixes = Awaited<ReturnType<AgentClient['fixes']>>;

function fixes(object = web): Fixes {
  const cause = {
    ...imageNotFound,
    rank: 1,
    severity: 'critical',
    object,
    evidence: [],
    symptoms: [],
    avoid: [],
    changes: [],
  };
  return { diagnosis: {}, fixes: [{ cause, proposals: [request], open: [], manual: [] }] } as unknown as Fixes;
}

function agentOf(
  given: {
    readonly tier?: Tier;
    readonly object?: typeof web;
    readonly state?: typeof change.state;
    readonly fails?: AutoDevOpsError;
    readonly open?: readonly string[];
  } = {},
): FakeAgent {
  return fakeAgent({
    incident: async () => incident,
    changes: async () => ({
      changes: (given.open ?? []).map((id) => ({
        ...change,
        id,
        will: [],
        tier: 'two',
        askedBy: 'Ann',
        yours: false,
        awaitsYou: true,
      })),
    }),
    fixes: async () => fixes(given.object),
    explainDecision: async () =>
      ({
        plan: change.plan,
        decision: { ...change.decision, tier: given.tier ?? 'two', voices: [], roles: [], policyVersion: 'p' },
        rules: [],
      }) as never,
    propose: async () => {
      if (given.fails !== undefined) throw given.fails;
      return change;
    },
    change: async () => ({ ...change, state: given.state ?? 'waiting' }),
    updateIncident: async () => incident,
  });
}

const value = `${incident.id} 0`;

describe('a click on Propose a fix', () => {
  it('proposes in the name of who clicked what helps the cause, and links it to the incident', async () => {
    const store = memoryStore();
    await stands(store, { key: `acme/incident/${incident.id}/findings`, ts: '1.1' });
    const { agent, error } = await work(runFix, click(value), { store, agent: agentOf() });
    expect(error).toBeUndefined();
    expect(agent.callsOf('propose')).toMatchObject([
      {
        body: {
          requests: [request],
          finding: { code: imageNotFound.code, kind: 'Deployment', namespace: 'shop', name: 'web' },
        },
      },
    ]);
    expect(agent.callsOf('updateIncident')).toMatchObject([
      { params: { id: incident.id }, body: { link: { target: change.id } } },
    ]);
  });

  it('is made by one of all who click, until that proposal has come to its end', async () => {
    const store = memoryStore();
    const clicks = await Promise.all(
      ['Ev1', 'Ev2', 'Ev3'].map(
        async (id) => await work(runFix, click(value), { store, agent: agentOf(), event: { id } }),
      ),
    );
    expect(clicks.flatMap(({ agent }) => agent.callsOf('propose'))).toHaveLength(1);
    const later = await work(runFix, click(value), { store, agent: agentOf(), event: { id: 'Ev4' } });
    expect([later.error?.code, later.agent.callsOf('propose').length]).toEqual(['change.wrong-state', 0]);
    const again = await work(runFix, click(value), {
      store,
      agent: agentOf({ state: 'rejected' }),
      event: { id: 'Ev5' },
    });
    expect(again.agent.callsOf('propose')).toHaveLength(1);
  });

  it('proposes nothing beside what waits already, whoever proposed it', async () => {
    const { agent, error } = await work(runFix, click(value), {
      store: memoryStore(),
      agent: agentOf({ open: ['chg-scarlet00000'] }),
    });
    expect([error?.message, agent.callsOf('propose')]).toEqual(['chg-scarlet00000 was proposed for this already.', []]);
    expect(agent.callsOf('changes')).toMatchObject([{ query: { open: 'true', finding: imageNotFound.key } }]);
  });

  it('that was interrupted proposes once more with the same key', async () => {
    const store = memoryStore();
    const notes = {
      ...store.notes,
      swap: async (...given: Parameters<typeof store.notes.swap>) => {
        await store.notes.swap(...given);
        if ((given[3] as { change: string }).change === '') return;
        throw new Error('the process died');
      },
    };
    await expect(work(runFix, click(value), { store: { ...store, notes }, agent: agentOf() })).rejects.toThrow(
      'the process died',
    );
    expect((await work(runFix, click(value), { store, agent: agentOf() })).agent.callsOf('propose')).toHaveLength(1);
  });

  it('that the agent refuses lets the next one try', async () => {
    const store = memoryStore();
    await work(runFix, click(value), {
      store,
      agent: agentOf({ fails: new AutoDevOpsError('agent.unauthorized', 'You may not propose.', '') }),
    });
    expect(
      (await work(runFix, click(value), { store, agent: agentOf(), event: { id: 'Ev2' } })).agent.callsOf('propose'),
    ).toHaveLength(1);
  });

  it('only shows what the policy forbids, and what it would let be done without anybody', async () => {
    for (const tier of ['forbidden', 'auto'] as const) {
      const { agent, slack } = await work(runFix, click(value), { store: memoryStore(), agent: agentOf({ tier }) });
      expect([agent.callsOf('propose').length, slack.callsOf('whisper').length]).toEqual([0, 1]);
    }
  });

  it('of a cause that is no longer seen proposes nothing', async () => {
    const gone = agentOf({ object: { ...web, name: 'other' } });
    expect((await work(runFix, click(value), { store: memoryStore(), agent: gone })).error?.code).toBe('change.stale');
    expect(
      (await work(runFix, click(`${incident.id} 7`), { store: memoryStore(), agent: agentOf() })).error?.code,
    ).toBe('change.stale');
    expect(gone.callsOf('propose')).toEqual([]);
  });

  it('in the thread of another incident asks the agent nothing', async () => {
    const store = memoryStore();
    await stands(store, { key: 'acme/incident/inc-other0/findings', ts: '1.1' });
    const refused = await work(runFix, click(value), { store, agent: fakeAgent({}) });
    expect([refused.error?.code, refused.agent.calls.length]).toEqual(['change.refused', 0]);
  });
});
