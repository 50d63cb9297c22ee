import { expect, it, onTestFinished } from 'vitest';
import { createTurns } from '@autodevops/agent-core/incidents/incident-desk';
import type { IncidentDesk } from '@autodevops/agent-core/incidents/incident-desk';
import { appendIncidentEvents, changeIncident, readIncident } from '@autodevops/agent-core/incidents/incident-journal';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { EscalationPolicy } from '@autodevops/domain/incident/escalation-policy';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import { startEscalating } from './escalating.ts';
import type { Escalations } from './escalating.ts';

const jamie: Actor = { kind: 'agent', account: 'jamie:local', person: '', name: 'Jamie', roles: [], surface: 'agent' };
const ann: Actor = {
  kind: 'person',
  account: 'http:ann',
  person: 'ann',
  name: 'Ann',
  roles: ['operator'],
  surface: 'http',
};
const put: AuditEntry = {
  code: 'PPL001',
  time: '2026-01-01T00:00:00.000Z',
  actor: ann,
  onBehalfOf: '',
  subject: 'ann',
  success: true,
  says: 'x',
  details: {},
};
const { signal } = new AbortController();

function schedule(name: string, at: OnCallSchedule['at']): OnCallSchedule {
  return { name, at };
}

/** A clock that somebody moves; whoever waits looks again when it moved. */
function movedClock(): {
  readonly clock: IncidentDesk['clock'];
  readonly move: (milliseconds: number) => Promise<void>;
} {
  let now = Date.parse('2026-01-01T00:00:00Z');
  let waiting: (() => void)[] = [];
  const wait = async (_milliseconds: number, until: AbortSignal): Promise<void> => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      until.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
      if (until.aborted) resolve();
    });
  };
  return {
    clock: { now: () => now, wait },
    move: async (milliseconds) => {
      now += milliseconds;
      const woken = waiting;
      waiting = [];
      for (const one of woken) one();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    },
  };
}

interface Stage {
  readonly store: MemoryStore;
  readonly escalations: Escalations;
  readonly open: () => Promise<string>;
  readonly move: (milliseconds: number) => Promise<void>;
  /** Of the timeline: who was told. */
  readonly told: (id: string, count: number) => Promise<readonly string[]>;
}

async function stage(
  schedules: readonly OnCallSchedule[],
  names: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const store = createMemoryStore();
  await store.people.put({ id: 'ann', name: 'Ann', accounts: ['http:ann', 'slack:T1/U1'], roles: [] }, put);
  const { clock, move } = movedClock();
  const desk: IncidentDesk = {
    store,
    clock,
    holder: 'one',
    jamie,
    inTurn: createTurns(),
    digest: (text) => text,
    newId: () => 'inc-000000000001',
    rules: { returnsWithin: 1, storm: { alerts: 20, within: 1 } },
  };
  const policies = [
    EscalationPolicy.parse({
      name: 'usual',
      steps: schedules.map(({ name }) => ({ tell: [{ schedule: name }], afterMinutes: 10 })),
    }),
  ];
  const escalations = startEscalating({
    schedules,
    names,
    policies,
    rhythm: {},
    desk,
    people: store.people,
    log: () => undefined,
  });
  onTestFinished(async () => {
    await escalations.close();
  });
  const told = async (id: string): Promise<readonly string[]> =>
    (await readIncident(store.incidents, id)).timeline
      .filter(({ type }) => type === 'escalated')
      .map(({ says }) => says);
  return {
    store,
    escalations,
    move,
    open: async () =>
      (
        await appendIncidentEvents(store.incidents, {
          id: 'inc-000000000001',
          before: undefined,
          events: [
            {
              type: 'opened',
              time: new Date(clock.now()).toISOString(),
              actor: ann,
              idempotencyKey: 'k',
              origin: 'person',
              title: 'Down',
              severity: 'sev1',
              groupKey: '',
              causes: [],
              alerts: [],
            },
          ],
        })
      ).id,
    told: async (id, count) => {
      for (let tries = 0; tries < 500 && (await told(id)).length < count; tries += 1) await move(0);
      return await told(id);
    },
  };
}

it('whoever is on call is told, by what the schedule calls him, then the next, until somebody takes it up', async () => {
  const { open, move, told, store } = await stage(
    [
      schedule('first', async () => ['ann@example.com']),
      schedule('second', async () => ['Ben']),
      schedule('third', async () => ['Eve']),
    ],
    { 'ann@example.com': 'ann' },
  );
  const id = await open();
  await move(600_000);
  expect(await told(id, 1)).toEqual(['Told Ann (step 1).']);
  await move(600_000);
  expect(await told(id, 2)).toEqual(['Told Ann (step 1).', 'Told Ben (step 2).']);
  expect((await readIncident(store.incidents, id)).escalation?.told.map(({ to }) => to)).toEqual([
    { account: 'slack:T1/U1', person: 'ann', name: 'Ann' },
    { account: '', person: '', name: 'Ben' },
  ]);
  await changeIncident(store.incidents, id, () => [
    { type: 'acknowledged', time: '2026-01-01T00:21:00.000Z', actor: ann },
  ]);
  await move(6_000_000);
  await move(10_000);
  expect(await told(id, 2)).toHaveLength(2);
});

it('who is on call is known by each schedule, and why where it is not', async () => {
  const { escalations } = await stage([
    schedule('platform', async () => ['ann', 'slack:T1/U9']),
    schedule('lost', async () => {
      throw new AutoDevOpsError('on-call.unknown', 'It does not answer.', '');
    }),
  ]);
  expect(await escalations.onCall(signal)).toEqual([
    {
      schedule: 'platform',
      people: [
        { account: 'slack:T1/U1', person: 'ann', name: 'Ann' },
        { account: 'slack:T1/U9', person: '', name: 'slack:T1/U9' },
      ],
      says: '',
    },
    { schedule: 'lost', people: [], says: 'It does not answer.' },
  ]);
});

it('a schedule that does not answer leads to the next step, with the reason in the timeline', async () => {
  const { open, move, told } = await stage([
    schedule('lost', async () => {
      throw new AutoDevOpsError('on-call.unknown', 'It does not answer.', '');
    }),
    schedule('second', async () => ['ann']),
  ]);
  const id = await open();
  await move(600_000);
  await move(120_000);
  expect(await told(id, 2)).toEqual([
    'Nobody was there to be told (step 1): It does not answer.',
    'Told Ann (step 2).',
  ]);
});
