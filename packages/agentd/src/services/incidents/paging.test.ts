import { describe, expect, it, onTestFinished } from 'vitest';
import { createTurns } from '@autodevops/agent-core/incidents/incident-desk';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { changeIncident, readIncident } from '@autodevops/agent-core/incidents/incident-journal';
import { alertReceiver } from '@autodevops/agent-core/incidents/notices/receive-alerts';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Incident } from '@autodevops/domain/incident/incident';
import { PagerDutyPayload } from '@autodevops/domain/incident/pagerduty-payload';
import type { Paging } from '@autodevops/domain/ports/paging';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import { actorOfSource } from '../../identity/alert-source.ts';
import type { IncidentService } from './incident-service.ts';
import { startPaging } from './paging.ts';
import { receivingHandlers } from './receiving-alerts.ts';

const ann: Actor = {
  kind: 'person',
  account: 'slack:T1/U1',
  person: 'ann',
  name: 'Ann',
  roles: ['operator'],
  surface: 'slack',
};
const jamie: Actor = { kind: 'agent', account: 'jamie:local', person: '', name: 'Jamie', roles: [], surface: 'agent' };
const put: AuditEntry = {
  code: 'PPL001',
  time: '2026-01-01T00:00:00.000Z',
  actor: ann,
  onBehalfOf: '',
  subject: 'ben',
  success: true,
  says: 'x',
  details: {},
};

function event(
  type: string,
  status: string,
  agent: object = { id: 'PXPGF42', type: 'user_reference', summary: 'Ben There' },
): PagerDutyPayload {
  return PagerDutyPayload.parse({
    event: {
      id: `ev-${type}`,
      event_type: `incident.${type}`,
      resource_type: 'incident',
      occurred_at: '2026-01-01T00:01:00Z',
      agent,
      data: { type: 'incident', id: 'PGR0VU2', status, title: 'The shop is down', created_at: '2026-01-01T00:00:00Z' },
    },
  });
}

interface Scene {
  readonly notify: (payload: PagerDutyPayload) => Promise<string>;
  readonly incident: (id: string) => Promise<Incident>;
  readonly acknowledge: (id: string, by?: Actor) => Promise<void>;
  readonly resolve: (id: string) => Promise<void>;
  /** Lets what pages people be told, by one process or by another one after it. */
  readonly beats: (count?: number) => Promise<void>;
  readonly told: readonly string[];
  fails: AutoDevOpsError | undefined;
  now: number;
}

async function scene(): Promise<Scene> {
  const store = createMemoryStore();
  await store.people.put({ id: 'ben', name: 'Ben', accounts: ['pagerduty:PXPGF42'], roles: [] }, put);
  const told: string[] = [];
  const state: { fails: AutoDevOpsError | undefined; now: number } = {
    fails: undefined,
    now: Date.parse('2026-01-01T00:01:00Z'),
  };
  const ending = new AbortController();
  onTestFinished(() => {
    ending.abort();
  });
  const desk: IncidentDesk = {
    store,
    clock: { now: () => state.now, wait: async () => await Promise.resolve() },
    holder: 'one',
    jamie,
    inTurn: createTurns(),
    digest: (text) => text,
    newId: () => 'inc-000000000001',
    rules: { returnsWithin: 3_600_000, storm: { alerts: 20, within: 1 } },
  };
  const service = {
    desk,
    receive: alertReceiver(desk, ending.signal),
    people: store.people,
    heartbeat: { alert: 'Watchdog', silence: 1 },
    mappings: new Map(),
    diagnoseSoon: () => undefined,
    onCall: async () => await Promise.resolve([]),
  } satisfies IncidentService;
  const handlers = receivingHandlers(service);
  const paging: Paging = {
    name: 'PagerDuty',
    tell: async (id, status) => {
      if (state.fails !== undefined) throw state.fails;
      told.push(`${id} ${status}`);
      await Promise.resolve();
    },
  };
  const changed = async (id: string, by: Actor, type: 'acknowledged' | 'resolved'): Promise<void> =>
    void (await changeIncident(store.incidents, id, () => [
      type === 'resolved'
        ? { type, time: new Date(state.now).toISOString(), actor: by, why: 'Mended.' }
        : { type, time: new Date(state.now).toISOString(), actor: by },
    ]));
  const call = {
    actor: actorOfSource({ source: 'pagerduty', name: 'PagerDuty' }),
    signal: ending.signal,
    idempotencyKey: 'k',
  };
  return {
    told,
    notify: async (payload) =>
      (await handlers.receivePagerDutyAlerts({ params: {}, query: {}, body: payload } as never, call as never))
        .incident,
    incident: async (id) => await readIncident(store.incidents, id),
    acknowledge: async (id, by = ann) => await changed(id, by, 'acknowledged'),
    resolve: async (id) => await changed(id, ann, 'resolved'),
    beats: async (count = 2) => {
      for (let process = 0; process < 2; process += 1) {
        let left = count;
        const ended = Promise.withResolvers<undefined>();
        const running = startPaging({
          paging,
          log: () => undefined,
          desk: {
            store,
            clock: {
              now: () => state.now,
              wait: async () => {
                if ((left -= 1) <= 0) {
                  ended.resolve(undefined);
                  await new Promise((resolve) => {
                    setImmediate(resolve);
                  });
                }
              },
            },
          },
        });
        await ended.promise;
        await running.close();
      }
    },
    get fails() {
      return state.fails;
    },
    set fails(error) {
      state.fails = error;
    },
    get now() {
      return state.now;
    },
    set now(time) {
      state.now = time;
    },
  };
}

const sayings = ({ timeline }: Incident): readonly string[] => timeline.map(({ source, says }) => `${source}: ${says}`);

describe('who acknowledges in PagerDuty', () => {
  it('has seen it here: as the person whom that account is linked to', async () => {
    const { notify, incident, beats, told } = await scene();
    const id = await notify(event('triggered', 'triggered'));
    for (let times = 0; times < 3; times += 1) await notify(event('acknowledged', 'acknowledged'));
    const { state, acknowledged, timeline, metrics } = await incident(id);
    expect([
      state,
      acknowledged?.by,
      timeline.filter(({ type }) => type === 'acknowledged').length,
      metrics.toAcknowledge,
    ]).toEqual(['investigating', { account: 'pagerduty:PXPGF42', person: 'ben', name: 'Ben' }, 1, 0]);
    await beats();
    expect(told).toEqual([]);
  });

  it('is called as PagerDuty calls him where nobody is linked, and is nobody where no person did it', async () => {
    const first = await scene();
    const id = await first.notify(
      event('acknowledged', 'acknowledged', { id: 'PSTRANGE', type: 'user_reference', summary: 'Eve <!channel>' }),
    );
    expect((await first.incident(id)).acknowledged?.by).toMatchObject({
      account: 'pagerduty:PSTRANGE',
      person: '',
      name: 'Eve <!channel>',
    });
    const second = await scene();
    const other = await second.notify(
      event('acknowledged', 'acknowledged', { id: 'PINT', type: 'inbound_integration_reference', summary: 'API' }),
    );
    expect((await second.incident(other)).acknowledged).toBeUndefined();
  });
});

describe('what people do here', () => {
  it('is told to PagerDuty once, and its own word about it goes round no further', async () => {
    const { notify, incident, acknowledge, beats, told } = await scene();
    const id = await notify(event('triggered', 'triggered'));
    await beats();
    expect(told).toEqual([]);
    await acknowledge(id);
    await beats(3);
    await notify(event('acknowledged', 'acknowledged'));
    await beats();
    expect(told).toEqual(['PGR0VU2 acknowledged']);
    expect(sayings(await incident(id)).slice(-2)).toEqual([
      'Ann: Ann has seen it.',
      'PagerDuty: Knows now that Ann took it up.',
    ]);
  });

  it('ends it there too; what ended there is not ended once more', async () => {
    const first = await scene();
    const id = await first.notify(event('triggered', 'triggered'));
    await first.resolve(id);
    await first.beats();
    await first.notify(event('resolved', 'resolved'));
    await first.beats();
    expect(first.told).toEqual(['PGR0VU2 resolved']);
    const second = await scene();
    await second.notify(event('triggered', 'triggered'));
    await second.notify(event('resolved', 'resolved'));
    await second.beats();
    expect(second.told).toEqual([]);
  });

  it('is told later where PagerDuty does not answer, and its refusal stands in the timeline once', async () => {
    const at = await scene();
    const id = await at.notify(event('triggered', 'triggered'));
    await at.acknowledge(id);
    at.fails = new AutoDevOpsError('signals.busy', 'Too much to do.', '');
    await at.beats();
    expect(sayings(await at.incident(id)).at(-1)).toBe('Ann: Ann has seen it.');
    at.fails = undefined;
    await at.beats();
    expect(at.told).toEqual(['PGR0VU2 acknowledged']);

    at.fails = new AutoDevOpsError('signals.unauthorized', 'PagerDuty refuses it: it answers 403.', '');
    await at.resolve(id);
    await at.beats(3);
    expect(sayings(await at.incident(id)).filter((says) => says.startsWith('PagerDuty: Could not'))).toEqual([
      'PagerDuty: Could not be told that it is over: PagerDuty refuses it: it answers 403.',
    ]);
  });

  it('is given up after a quarter of an hour without an answer', async () => {
    const at = await scene();
    const id = await at.notify(event('triggered', 'triggered'));
    await at.acknowledge(id);
    at.fails = new AutoDevOpsError('signals.no-answer', 'PagerDuty does not answer as it should.', '');
    at.now += 16 * 60_000;
    await at.beats();
    expect(sayings(await at.incident(id)).at(-1)).toBe(
      'PagerDuty: Could not be told that Ann took it up: PagerDuty does not answer as it should.',
    );
  });
});
