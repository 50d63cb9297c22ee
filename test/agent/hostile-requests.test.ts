import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../packages/agentd/src/identity/access-token.ts';
import type { AuditEntry } from '../../packages/domain/src/change/audit-event.ts';
import type { Actor } from '../../packages/domain/src/change/actor.ts';
import { selfSigned } from '../faults/certificates.ts';
import { bundleAgent } from './agent-bundle.ts';
import type { AgentBundle } from './agent-bundle.ts';
import { agentScene } from './agent-scene.ts';
import type { AgentScene } from './agent-scene.ts';
import type { StartedAgent } from './started-agent.ts';
import { sqliteUnderTest } from './store-under-test.ts';

const admin: Actor = {
  kind: 'person',
  account: 'local:test',
  person: '',
  name: 'test',
  roles: ['admin'],
  surface: 'cli',
};

function entry(code: AuditEntry['code'], subject: string): AuditEntry {
  return {
    code,
    time: new Date().toISOString(),
    actor: admin,
    onBehalfOf: '',
    subject,
    success: true,
    says: 'A test wants it.',
    details: {},
  };
}

let bundle: AgentBundle;
let scene: AgentScene;
let agent: StartedAgent;
let port: number;
let token: string;

async function portOf(started: StartedAgent): Promise<number> {
  const line = await started.firstLine;
  if ('code' in line) throw new Error(line.says);
  return Number(new URL(line.address).port);
}

async function tokenFor(account: string, milliseconds: number): Promise<string> {
  return await issueToken(scene.under.store.settings, {
    account,
    name: 'a test',
    by: 'local:test',
    milliseconds,
    now: Date.now(),
    audit: entry('TOK001', account),
  });
}

beforeAll(async () => {
  bundle = await bundleAgent();
  scene = await agentScene({ bundle, under: await sqliteUnderTest(), maps: 1 });
  agent = scene.start({ kind: 'tcp', host: '127.0.0.1', port: 0 });
  port = await portOf(agent);
  await scene.under.store.people.put(
    { id: 'p-ann', name: 'Ann', accounts: ['token:ann'], roles: ['operator'] },
    entry('PPL001', 'p-ann'),
  );
  token = await tokenFor('token:ann', 600_000);
}, 120_000);
afterAll(async () => {
  await scene.close();
  bundle.remove();
});

const bearer = (given: string): Record<string, string> => ({ authorization: `Bearer ${given}` });

async function get(path: string, headers: Record<string, string>): Promise<Response> {
  return await fetch(`http://127.0.0.1:${port}${path}`, { headers, signal: AbortSignal.timeout(30_000) });
}

/** Whatever was done to it, it answers everybody else. */
afterEach(async () => {
  expect(await (await get('/v1/health', bearer(token))).json()).toMatchObject({ ready: true });
});

/** What the agent says on a connection of its own until it closes it; `write` does what it likes with it. */
async function spoken(write: (socket: Socket) => unknown, seconds = 60): Promise<string> {
  return await new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the connection was still open after ${seconds} s; it said: ${said}`));
    }, seconds * 1000);
    socket.setEncoding('latin1').on('data', (piece: string) => {
      said += piece;
    });
    socket.on('error', () => undefined);
    socket.once('connect', () => void write(socket));
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(said);
    });
  });
}

const head = (): string =>
  `POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;

async function drip(socket: Socket, text: string, every: number): Promise<void> {
  for (let n = 0; !socket.destroyed; n += 1) {
    socket.write(text.replace('N', String(n)));
    await sleep(every);
  }
}

describe('who does not say who he is', () => {
  it('is refused over TCP, even on the loopback address of a local agent', async () => {
    for (const headers of [{}, { authorization: 'Basic YTpi' }, bearer('adt_guessed')]) {
      const answer = await get('/v1/changes', headers);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'agent.unauthorized' } });
    }
  });

  it('is refused with a token that has ended, and heard with one that has not', async () => {
    expect((await get('/v1/changes', bearer(await tokenFor('token:ann', 1)))).status).toBe(401);
    expect((await get('/v1/changes', bearer(token))).status).toBe(200);
  });

  it('may do nothing with a token of an account that nobody is linked to', async () => {
    expect((await get('/v1/changes', bearer(await tokenFor('token:nobody', 60_000)))).status).toBe(403);
  });
});

describe.concurrent('a request', () => {
  it('under another name of this host is refused', async () => {
    const said = await spoken((socket) =>
      socket.write(
        `GET /v1/health HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
      ),
    );
    expect(said).toContain('401 Unauthorized');
    expect(said).toContain('This agent is not called by that name.');
  });

  it('whose headers come slowly is cut off', async () => {
    expect(
      await spoken((socket) => {
        socket.write('GET /v1/health HTTP/1.1\r\nHost: localhost\r\n');
        void drip(socket, 'X-N: a\r\n', 500);
      }, 40),
    ).toContain('408 Request Timeout');
  }, 60_000);

  it('whose body comes slowly is cut off', async () => {
    const said = await spoken((socket) => {
      socket.write(`${head()}Content-Length: 900000\r\n\r\n{"question":"`);
      void drip(socket, 'a', 1000);
    }, 60);
    expect(said).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  }, 90_000);

  it('whose body never ends is refused at a megabyte', async () => {
    const said = await spoken((socket) => {
      socket.write(`${head()}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`);
      void drip(socket, `10000\r\n${'a'.repeat(0x10000)}\r\n`, 5);
    }, 40);
    expect(said).toContain('400 Bad Request');
    expect(said).toContain('larger than 1000000 bytes');
  }, 60_000);

  it('of two megabytes is refused, whether it says so or not', async () => {
    const body = JSON.stringify({ question: 'a'.repeat(2_000_000) });
    const answer = await fetch(`http://127.0.0.1:${port}/v1/ask`, {
      method: 'POST',
      body,
      headers: { ...bearer(token), 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({
      error: { code: 'usage', what: 'The request is larger than 1000000 bytes.' },
    });
  });

  const smuggled = `GET /v1/changes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer TOKEN\r\n\r\n`;
  const garbage: readonly (readonly [string, string])[] = [
    [
      'with a length and chunks',
      `HEADContent-Length: ${smuggled.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['with two lengths', `HEADContent-Length: 2\r\nContent-Length: 90\r\n\r\n{}${smuggled}`],
    ['with a length that is none', `HEADContent-Length: 2x\r\n\r\n{}${smuggled}`],
    ['with an encoding that hides', `HEADTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['with a header over two lines', 'GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c: d\r\n\r\n'],
    ['with a null in a header', 'GET /v1/health HTTP/1.1\r\nHost: localhost\r\nX-A: \0\r\n\r\n'],
    ['without a host', 'GET /v1/health HTTP/1.1\r\n\r\n'],
    ['that is no HTTP', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 hello?\r\n\r\n'],
    ['of a version that does not exist', 'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n'],
    [
      'with headers without end',
      `GET /v1/health HTTP/1.1\r\nHost: localhost\r\n${'X-A: '.padEnd(9000, 'a')}\r\n${'X-B: '.padEnd(9000, 'b')}\r\n\r\n`,
    ],
  ];
  it.each(garbage)(
    '%s is refused as a whole, and nothing behind it is heard',
    async (_how, text) => {
      const said = await spoken(
        (socket) => socket.write(text.replace('HEAD', head()).replaceAll('TOKEN', token), 'latin1'),
        40,
      );
      expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
      expect(said).not.toContain('"changes"');
    },
    60_000,
  );

  it('of somebody else is answered while three hundred connections say nothing', async () => {
    const idle = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    expect((await get('/v1/health', bearer(token))).status).toBe(200);
    for (const socket of idle) socket.destroy();
  });
});

describe('over TLS with certificates of callers', () => {
  interface Shown {
    readonly cert?: string;
    readonly key?: string;
  }

  async function asked(tlsPort: number, ca: string, shown: Shown): Promise<number | string> {
    return await new Promise((resolve) => {
      const request = httpsRequest(
        {
          host: '127.0.0.1',
          port: tlsPort,
          path: '/v1/health',
          ca,
          ...shown,
          headers: { ...bearer(token), host: 'localhost' },
          agent: false,
          timeout: 30_000,
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)).end();
    });
  }

  it('only who shows one of the right authority is heard, and needs a token besides', async () => {
    const [server, caller, stranger] = [selfSigned(), selfSigned(), selfSigned()];
    const file = (name: string, text: string): string => {
      const path = join(scene.under.folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const tls = {
      certificate: file('server.pem', server.certificate),
      key: file('server.key', server.key),
      clientAuthority: file('callers.pem', caller.certificate),
    };
    const tlsPort = await portOf(scene.start({ kind: 'tcp', host: '127.0.0.1', port: 0, tls }));
    expect(await asked(tlsPort, server.certificate, { cert: caller.certificate, key: caller.key })).toBe(200);
    for (const shown of [{}, { cert: stranger.certificate, key: stranger.key }]) {
      expect(await asked(tlsPort, server.certificate, shown)).toMatch(/^(ERR_SSL_|ECONNRESET|EPIPE)/);
    }
    const unknown = token;
    token = 'adt_guessed';
    expect(await asked(tlsPort, server.certificate, { cert: caller.certificate, key: caller.key })).toBe(401);
    token = unknown;
    expect(
      await fetch(`http://127.0.0.1:${tlsPort}/v1/health`).then(
        () => 'answered',
        () => 'refused',
      ),
    ).toBe('refused');
  }, 120_000);
});
