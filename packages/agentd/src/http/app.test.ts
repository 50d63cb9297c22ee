import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { ann, appOf } from '../testing/agent-app.ts';
import type { AppChoice } from './app.ts';
import { largestBody } from './read-input.ts';
import { rateLimit } from './rate-limit.ts';

const well = { version: '1', ready: true, parts: [] };
const local = { host: 'localhost' };

async function told(response: Response | Promise<Response>): Promise<{ status: number; code: string; what: string }> {
  const answered = await response;
  const { error } = (await answered.json()) as { error: { code: string; what: string } };
  return { status: answered.status, code: error.code, what: error.what };
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { ...local, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

it('a way that gives proposing at most gives an administrator no more', async () => {
  const { app } = appOf({ health: async () => well });
  const way = { overNetwork: false, actor: ann, atMost: 'propose' as const };
  const through = async (path: string, method: string, body?: string): Promise<Response> =>
    await app.fetch(
      new Request(`http://localhost${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      }),
      way,
    );
  expect((await through('/v1/health', 'GET')).status).toBe(200);
  for (const [path, body] of [
    ['/v1/changes/chg-abcdef/approve', '{"digest":"0000000000000000"}'],
    ['/v1/changes/chg-abcdef/undo', '{"why":"x"}'],
    ['/v1/tokens', '{}'],
    ['/v1/link-codes', '{}'],
    ['/v1/link-codes/use', '{"code":"x"}'],
    ['/v1/link-by-email', '{}'],
  ] as const) {
    expect(await told(through(path, 'POST', body))).toMatchObject({ status: 403, code: 'change.not-allowed' });
  }
});

it('what concerns an account alone is for accounts without any role, and for no source of alerts', async () => {
  const { app } = appOf({
    makeLinkCode: async () => ({ code: 'ABCDE-FGHJK', expiresAt: '' }),
    people: async () => ({ people: [] }),
  });
  const through = async (actor: Actor, path: string, method: string): Promise<number> =>
    (
      await app.fetch(
        new Request(`http://localhost${path}`, { method, headers: { 'content-type': 'application/json' } }),
        { overNetwork: true, actor },
      )
    ).status;
  const stranger: Actor = { ...ann, account: 'slack:T1/U1', person: '', roles: [] };
  expect(await through(stranger, '/v1/link-codes', 'POST')).toBe(200);
  expect(await through(stranger, '/v1/people', 'GET')).toBe(403);
  expect(await through({ ...stranger, kind: 'automation', roles: ['alert-source'] }, '/v1/link-codes', 'POST')).toBe(
    403,
  );
});

describe('a request', () => {
  it('is answered by its handler, with headers that let no page use it', async () => {
    const { app } = appOf({ health: async () => well });
    const answer = await app.request('/v1/health', { headers: local });
    expect(await answer.json()).toEqual(well);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is answered by what the contract says and by nothing more', async () => {
    const { app } = appOf({
      health: async () => ({ ...well, secret: 'hunter2', parts: [{ name: 'store', ok: 'perhaps' }] }) as never,
    });
    const answer = await app.request('/v1/health', { headers: local });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/hunter2|perhaps/);
  });

  it('with a key of its own keeps it; without, gets one', async () => {
    const keys: string[] = [];
    const { app } = appOf({
      setKillSwitch: async (_input, call) => {
        keys.push(call.idempotencyKey);
        return { on: true, by: 'Ann', why: 'x', since: '' };
      },
    });
    const request = (headers: Record<string, string>): Promise<Response> =>
      Promise.resolve(
        app.request(
          new Request('http://localhost/v1/kill-switch', {
            method: 'PUT',
            headers: { ...local, 'content-type': 'application/json', ...headers },
            body: '{"on":true,"why":"x"}',
          }),
        ),
      );
    await request({ 'idempotency-key': 'abc-12345' });
    await request({});
    expect(keys[0]).toBe('abc-12345');
    expect(keys[1]).toMatch(/^ref-/);
    expect(await told(request({ 'idempotency-key': 'no blanks' }))).toMatchObject({
      status: 400,
      what: expect.stringContaining('Idempotency-Key'),
    });
  });
});

describe('refused, with a sentence', () => {
  const { app } = appOf({
    ask: async () => {
      throw new Error('must not be reached');
    },
  });
  const question = { question: 'why?' };
  const wrong: readonly (readonly [string, Request, number, RegExp])[] = [
    ['a key that nobody knows', post('/v1/ask', { ...question, shell: 'rm' }), 400, /Unrecognized key: "shell"/],
    ['a wrong type', post('/v1/ask', { question: 7 }), 400, /body\.question/],
    ['what is no JSON', post('/v1/ask', '{'), 400, /no JSON that can be read/],
    ['another type of content', post('/v1/ask', question, { 'content-type': 'text/plain' }), 400, /is not JSON/],
    ['too large a body', post('/v1/ask', { question: 'x'.repeat(largestBody) }), 400, /larger than/],
    [
      'what is nested without end',
      post('/v1/changes', `{"requests":[{"params":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}]}`),
      400,
      /nested more than 100 levels deep/,
    ],
    [
      'a page of a browser',
      post('/v1/ask', question, { origin: 'https://evil.example' }),
      401,
      /does not answer pages/,
    ],
    ['another name of this host', post('/v1/ask', question, { host: 'evil.example' }), 401, /not called by that name/],
    ['a path that does not exist', post('/v1/exec', question), 404, /There is no POST \/v1\/exec here/],
    ['an id that is none', post('/v1/changes/..%2F..%2Fetc/reject', { why: 'x' }), 400, /path\.id/],
  ];
  it.each(wrong)('%s', async (_name, request, status, says) => {
    expect(await told(app.request(request))).toMatchObject({ status, what: expect.stringMatching(says) });
  });

  it.each(['/openapi.json', '/metrics'])('a page of a browser, and another name, for %s too', async (path) => {
    expect((await app.request(path, { headers: local })).status).toBe(200);
    expect(await told(app.request(path, { headers: { ...local, origin: 'https://evil.example' } }))).toMatchObject({
      status: 401,
    });
    expect(await told(app.request(path, { headers: { host: 'evil.example' } }))).toMatchObject({ status: 401 });
  });

  it('too many at once of one account, with the time to wait; others are not held up', async () => {
    let account = 'a';
    const busy = appOf(
      { health: async () => well },
      { limit: rateLimit({ perSecond: 1, burst: 2 }), identify: async () => ({ actor: { ...ann, account } }) },
    );
    const ask = (): Promise<Response> => Promise.resolve(busy.app.request('/v1/health', { headers: local }));
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    expect(await told(ask())).toMatchObject({
      status: 429,
      code: 'agent.busy',
      what: 'Too many requests of a at once.',
    });
    account = 'b';
    expect((await ask()).status).toBe(200);
  });

  it('too many notices at once, which their sender sends again; other calls of the same account are counted apart', async () => {
    const busy = appOf(
      { health: async () => well, receiveAlerts: async () => ({ incident: '' }) },
      { limit: rateLimit({ perSecond: 1, burst: 1 }), alertLimit: rateLimit({ perSecond: 1, burst: 2 }) },
    );
    const tell = (): Promise<Response> =>
      Promise.resolve(
        busy.app.request(
          post('/v1/alerts/alertmanager', { version: '4', groupKey: 'g', status: 'firing', alerts: [] }),
        ),
      );
    expect([(await tell()).status, (await tell()).status]).toEqual([200, 200]);
    expect(await told(tell())).toMatchObject({
      status: 503,
      code: 'store.unavailable',
      what: 'Too many notices at once.',
    });
    expect((await busy.app.request('/v1/health', { headers: local })).status).toBe(200);
  });

  it('who has no role for it', async () => {
    const viewer = appOf({}, { identify: async () => ({ actor: { ...ann, roles: ['viewer'] } }) });
    expect(
      await told(viewer.app.request(post('/v1/changes/chg-123456/approve', { digest: '0'.repeat(64) }))),
    ).toMatchObject({ status: 403, what: 'Ann may not decide here.' });
  });

  it('who may only read, and asks for a rehearsal: the API server would hear of it from the agent', async () => {
    const viewer = appOf({}, { identify: async () => ({ actor: { ...ann, roles: ['viewer'] } }) });
    expect(await told(viewer.app.request(post('/v1/policy/explain', { requests: [], reason: 'Why?' })))).toMatchObject({
      status: 403,
      what: 'Ann may not propose here.',
    });
  });

  it('who has no role for it, after that is written down; where it cannot be, that is what is told', async () => {
    const denied: unknown[] = [];
    const identify: AppChoice['identify'] = async () => ({ actor: { ...ann, roles: ['viewer'] } });
    const ask = (deny: AppChoice['deny']): Promise<Response> =>
      Promise.resolve(
        appOf({}, { identify, deny }).app.request(post('/v1/changes/chg-123456/approve', { digest: '0'.repeat(64) })),
      );
    const keep: AppChoice['deny'] = async (error, { account }, right) => {
      denied.push([account, right]);
      throw error;
    };
    expect((await ask(keep)).status).toBe(403);
    expect(denied).toEqual([['local:ann', 'decide']]);
    const full = new AutoDevOpsError('store.unavailable', 'The disk is full.', 'Free some of it.');
    expect(
      await told(
        ask(async () => {
          throw full;
        }),
      ),
    ).toMatchObject({ status: 503, what: 'The disk is full.' });
  });

  it('anything new while the agent ends', async () => {
    const ending = appOf({ health: async () => well }, { ending: AbortSignal.abort() });
    expect(await told(ending.app.request('/v1/health', { headers: local }))).toMatchObject({
      status: 503,
      what: 'The agent is ending.',
    });
  });
});

describe('a failure', () => {
  it('that is known is told as it is', async () => {
    const { app } = appOf({
      change: async () => {
        throw new AutoDevOpsError(
          'change.not-found',
          'There is no change chg-abcdef.',
          'See `autodevops change list`.',
        );
      },
    });
    expect(await told(app.request('/v1/changes/chg-abcdef', { headers: local }))).toEqual({
      status: 404,
      code: 'change.not-found',
      what: 'There is no change chg-abcdef.',
    });
  });

  it('that nobody foresaw is told by a reference, its details stay in the log', async () => {
    const { app, logged } = appOf({
      health: async () => {
        throw new Error('password=hunter2');
      },
    });
    const answer = await app.request('/v1/health', { headers: local });
    expect(await answer.text()).not.toContain('hunter2');
    expect(answer.status).toBe(500);
    expect(logged).toHaveLength(1);
  });
});
