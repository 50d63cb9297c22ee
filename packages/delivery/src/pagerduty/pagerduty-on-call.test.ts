import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OnCallSchedule } from '@autodevops/domain/ports/on-call';
import { pagerDutyOnCall } from './pagerduty-on-call.ts';

const options = {
  get signal() {
    return AbortSignal.timeout(10_000);
  },
};
const moment = Date.parse('2026-01-05T10:00:00Z');
const token = 'y_NbAkKc66ryYTWUXYEu';

interface Service {
  /** What it answers instead, with 200. */
  body: unknown;
  /** Refuses from now on. */
  down: boolean;
  readonly refusals: string[];
  asked: number;
}

interface Shift {
  readonly schedule: string;
  readonly user: { readonly id: string; readonly summary: string; readonly email?: string };
}

/** Answers as strictly as the service does: by the header for its version, the token's own scheme, and times that are in order. */
function refusalOf(url: URL, headers: Readonly<Record<string, string | string[] | undefined>>): string | undefined {
  const [since, until] = ['since', 'until'].map((name) => Date.parse(url.searchParams.get(name) ?? ''));
  if (url.pathname !== '/oncalls') return '404 no such path';
  if (headers['authorization'] !== `Token token=${token}`) return '401 no such token';
  if (headers['accept'] !== 'application/vnd.pagerduty+json;version=2') return '406 no such version';
  if (url.searchParams.getAll('schedule_ids[]').length === 0) return '400 no schedule';
  return since !== undefined && until !== undefined && since < until ? undefined : '400 since is not before until';
}

async function service(shifts: readonly Shift[]): Promise<{
  readonly state: Service;
  readonly schedule: OnCallSchedule;
  readonly pass: (milliseconds: number) => void;
}> {
  const state: Service = { body: undefined, down: false, refusals: [], asked: 0 };
  const listening = createServer((request, response) => {
    state.asked += 1;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const refusal = state.down ? '503 down' : refusalOf(url, request.headers);
    if (refusal !== undefined) {
      state.refusals.push(refusal);
      response.writeHead(Number(refusal.slice(0, 3))).end(`{"error":{"message":"${refusal}"}}`);
      return;
    }
    const wanted = url.searchParams.getAll('schedule_ids[]');
    const withUsers = url.searchParams.getAll('include[]').includes('users');
    const oncalls = shifts
      .filter((one) => wanted.includes(one.schedule))
      .map(({ schedule, user: { email, ...user } }) => ({
        escalation_level: 1,
        start: null,
        end: null,
        schedule: { id: schedule, type: 'schedule_reference' },
        user: { ...user, ...(withUsers ? { email } : {}) },
        escalation_policy: { id: 'P' },
      }));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(state.body ?? { oncalls, limit: 100, offset: 0, more: false, total: null }));
  });
  await new Promise<void>((resolve) => {
    listening.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    listening.close();
    listening.closeAllConnections();
  });
  let now = moment;
  const schedule = pagerDutyOnCall({
    name: 'platform',
    schedule: 'PI7DH85',
    api: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    token: async () => token,
    now: () => now,
  });
  return {
    state,
    schedule,
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

const ann = { schedule: 'PI7DH85', user: { id: 'PXPGF42', summary: 'Ann Lee', email: 'ann@example.com' } };

describe('a schedule of PagerDuty', () => {
  it('says who is on call by their addresses, each once though in several policies, and nobody of another schedule', async () => {
    const { schedule, state } = await service([
      ann,
      ann,
      { schedule: 'PI7DH85', user: { id: 'P2', summary: 'Ben' } },
      { schedule: 'POTHER1', user: { id: 'P3', summary: 'Eve' } },
    ]);
    expect(await schedule.at(moment, options)).toEqual(['ann@example.com', 'Ben']);
    expect(state.refusals).toEqual([]);
  });

  it('has nobody when nobody is', async () => {
    expect(await (await service([])).schedule.at(moment, options)).toEqual([]);
  });

  it('is asked once a minute, and its last answer counts for some hours while there is no other', async () => {
    const { schedule, state, pass } = await service([ann]);
    await schedule.at(moment, options);
    await schedule.at(moment, options);
    expect(state.asked).toBe(1);
    state.down = true;
    pass(60_000);
    expect(await schedule.at(moment, options)).toEqual(['ann@example.com']);
    pass(4 * 3_600_000);
    await expect(schedule.at(moment, options)).rejects.toMatchObject({
      code: 'on-call.unknown',
      message: 'PagerDuty does not say who is on call by platform: it answers 503.',
    });
  });

  it.each([[{ oncalls: 'odd' }], [{}], [{ oncalls: [{ user: {} }] }], [{ oncalls: [], pad: 'x'.repeat(2_000_001) }]])(
    'whose answer is no answer is not known, and no token is told',
    async (body) => {
      const { schedule, state } = await service([ann]);
      state.body = body;
      const failure = await schedule.at(moment, options).catch((error: unknown) => error as Error);
      expect(failure).toMatchObject({ code: 'on-call.unknown' });
      expect(String(failure)).not.toContain(token);
    },
  );
});
