import { getRequestListener } from '@hono/node-server';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Call, Handlers } from '../contract/handlers.ts';
import { startListening } from '../http/listen.ts';
import type { Identified } from '../identity/identify.ts';
import { appOf } from '../testing/agent-app.ts';
import { assistantsOverHttp } from './over-http.ts';

const roles: Readonly<Record<string, readonly string[]>> = {
  ann: ['admin'],
  ben: ['operator'],
  eve: ['viewer'],
  nil: [],
};

function actorOf(name: string): Actor {
  return {
    kind: 'person',
    account: `http:${name}`,
    person: `p-${name}`,
    name,
    roles: [...(roles[name] ?? [])],
    surface: 'http',
  };
}

async function identify(headers: Headers): Promise<Identified> {
  const name = /^Bearer (\w+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (name === undefined) throw new AutoDevOpsError('agent.unauthorized', 'The request does not say who asks.', '');
  return { actor: actorOf(name) };
}

interface Door {
  readonly url: URL;
  /** Sets the clock forward, in milliseconds. */
  readonly later: (milliseconds: number) => void;
}

/** An agent's HTTP server with its door for assistants, over TCP. */
async function door(handlers: Partial<Handlers>): Promise<Door> {
  let now = 1_000_000;
  let ids = 0;
  const clock = { now: () => now, wait: async () => {} };
  const assistants = assistantsOverHttp({
    version: '1.0.0',
    clock,
    newId: (length) => `${++ids}`.padEnd(length, 'a'),
    longest: 20_000,
    fetch: async (request, way) => await app.fetch(request, way),
  });
  const { app } = appOf(handlers, { identify, hosts: ['127.0.0.1', 'localhost'], mcp: assistants.answer });
  const listening = await startListening(
    { kind: 'tcp', host: '127.0.0.1', port: 0 },
    getRequestListener(async (request) => await app.fetch(request, { overNetwork: true }), {
      overrideGlobalObjects: false,
    }),
  );
  onTestFinished(async () => {
    await assistants.close();
    await listening.close(1000);
  });
  return {
    url: new URL('/mcp', listening.address),
    later: (milliseconds) => {
      now += milliseconds;
    },
  };
}

async function assistant(
  { url }: Door,
  name: string,
  headers: Record<string, string> = {},
): Promise<{ readonly client: Client; readonly transport: StreamableHTTPClientTransport }> {
  const transport = new StreamableHTTPClientTransport(url, {
    requestInit: { headers: { authorization: `Bearer ${name}`, ...headers } },
  });
  const client = new Client({ name: 'test', version: '1' });
  onTestFinished(() => client.close());
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return { client, transport };
}

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
};
const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };

async function post({ url }: Door, body: unknown, headers: Record<string, string>): Promise<Response> {
  return await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
}

const ben = { authorization: 'Bearer ben' };
const node = { apiVersion: 'v1', kind: 'Node', namespace: '', name: 'n', uid: '' };
const proposal = {
  name: 'propose',
  arguments: { requests: [{ action: 'uncordon', target: node, params: {} }], reason: 'The work is done.' },
};

async function sessionOf(at: Door): Promise<Record<string, string>> {
  const begun = await post(at, initialize, ben);
  return { ...ben, 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
}

describe('another assistant over HTTP', () => {
  it('finds the same tools as over standard input and output, none of which approves or executes', async () => {
    const { client } = await assistant(await door({}), 'ann');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'ask',
      'change',
      'changes',
      'diagnose',
      'explain',
      'fixes',
      'propose',
    ]);
  });

  it('reads and proposes as whoever lets it in, told apart by its surface, with a key for each call', async () => {
    const calls: Call[] = [];
    const { client } = await assistant(
      await door({
        propose: async (_input, call) => {
          calls.push(call);
          throw new AutoDevOpsError('change.refused', 'Nothing is cordoned.', 'Look again.');
        },
      }),
      'ben',
    );
    expect(await client.callTool(proposal)).toMatchObject({
      isError: true,
      content: [{ text: 'Nothing is cordoned. Look again.' }],
    });
    await client.callTool(proposal);
    expect(calls[0]?.actor).toEqual({ ...actorOf('ben'), surface: 'mcp' });
    expect(new Set(calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  it('may no more than whoever lets it in', async () => {
    const { client } = await assistant(
      await door({
        propose: async () => {
          throw new Error('must not be reached');
        },
      }),
      'eve',
    );
    expect(await client.callTool(proposal)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('eve may not propose here') }],
    });
  });

  it('is not let in without showing who it is, or without a role', async () => {
    const at = await door({});
    const unknown = await post(at, initialize, {});
    expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await post(at, initialize, { authorization: 'Bearer nil' })).status).toBe(403);
    await expect(assistant(at, 'nil')).rejects.toThrow('nil may not read here');
  });

  it('ends its session when it says so', async () => {
    const at = await door({});
    const { transport, client } = await assistant(at, 'ben');
    const id = transport.sessionId ?? '';
    await transport.terminateSession();
    await client.close();
    expect((await post(at, list, { ...ben, 'mcp-session-id': id })).status).toBe(404);
  });
});

describe('a page of a browser', () => {
  it('does not get through that door, whatever it knows, by whatever name it calls', async () => {
    const at = await door({});
    expect((await post(at, initialize, { ...ben, origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(at, initialize, { ...ben, origin: at.url.origin })).status).toBe(403);
    await expect(assistant(at, 'ben', { origin: 'http://rebound.example' })).rejects.toThrow(
      'does not answer pages of a browser',
    );
    const session = await sessionOf(at);
    expect((await post(at, list, { ...session, origin: 'null' })).status).toBe(403);
  });
});

describe('a session', () => {
  it("is its own account's, and nobody else's who has come to know it", async () => {
    const at = await door({});
    const session = await sessionOf(at);
    expect((await post(at, list, session)).status).toBe(200);
    expect((await post(at, list, { ...session, authorization: 'Bearer ann' })).status).toBe(404);
    expect((await post(at, list, { ...session, authorization: '' })).status).toBe(401);
  });

  it('ends when nobody used it for half an hour, and after eight hours in any case', async () => {
    const at = await door({});
    const session = await sessionOf(at);
    at.later(29 * 60_000);
    expect((await post(at, list, session)).status).toBe(200);
    at.later(30 * 60_000);
    expect((await post(at, list, session)).status).toBe(404);
    const busy = await sessionOf(at);
    for (let quarter = 1; quarter < 32; quarter += 1) {
      at.later(15 * 60_000);
      expect((await post(at, list, busy)).status).toBe(200);
    }
    at.later(15 * 60_000);
    expect((await post(at, list, busy)).status).toBe(404);
  });

  it('gives way to a newer one of the same account, so that ten are the most', async () => {
    const at = await door({});
    const sessions = [];
    for (let count = 0; count < 11; count += 1) {
      at.later(1000);
      sessions.push(await sessionOf(at));
    }
    const statuses = await Promise.all(sessions.map(async (session) => (await post(at, list, session)).status));
    expect(statuses).toEqual([404, ...Array.from({ length: 10 }, () => 200)]);
  });

  it('is not begun by a request that names none and does not begin one, nor by one that is too large', async () => {
    const at = await door({});
    expect((await post(at, list, ben)).status).toBe(400);
    expect(
      (await post(at, { ...initialize, params: { ...initialize.params, pad: 'x'.repeat(1_100_000) } }, ben)).status,
    ).toBe(413);
    expect((await post(at, list, { ...ben, 'mcp-session-id': 'x'.repeat(32) })).status).toBe(404);
    expect(
      (await fetch(at.url, { headers: { ...ben, accept: 'text/event-stream' }, signal: AbortSignal.timeout(20_000) }))
        .status,
    ).toBe(405);
  });
});

it('a call ends when its caller is gone', async () => {
  let ended = false;
  let reached = (): void => {};
  const began = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const at = await door({
    ask: async (_input, { signal }) =>
      await new Promise((_resolve, reject) => {
        reached();
        signal.addEventListener('abort', () => {
          ended = true;
          reject(new AutoDevOpsError('interrupted', 'Interrupted.', ''));
        });
      }),
  });
  const session = await sessionOf(at);
  const leaving = new AbortController();
  const call = fetch(at.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...session },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 3,
      method: 'tools/call',
      params: { name: 'ask', arguments: { question: 'why?' } },
    }),
    signal: leaving.signal,
  });
  await began;
  leaving.abort();
  await expect(call).rejects.toThrow('aborted');
  await expect.poll(() => ended, { timeout: 10_000 }).toBe(true);
});
