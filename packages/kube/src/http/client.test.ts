import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Credentials } from '../kubeconfig/credentials.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { answering } from '../testing/answering-server.ts';
import { selfSigned } from '../testing/certificates.ts';
import { failureOf } from '../testing/failure-of.ts';
import { listening, rawServer } from '../testing/raw-server.ts';
import { createKubeClient } from './client.ts';
import type { KubeClient } from './client.ts';
import type { KubeRequest } from './kube-request.ts';
import { retryAfterOf } from './status-failure.ts';

const canary = 'canary-token-5f1d';

function clientFor(access: ClusterAccess): KubeClient {
  const client = createKubeClient(access);
  onTestFinished(() => client.close());
  return client;
}

function holding(extra: Partial<Credentials>): () => Promise<Credentials> {
  return async () => ({
    kind: 'token',
    authorization: `Bearer ${canary}`,
    certificate: undefined,
    key: undefined,
    expiresAt: undefined,
    ...extra,
  });
}

const quick = { connect: 1_000, header: 500, idle: 1_000, total: 2_000 };

describe('an answer', () => {
  it('is read whole, packed or not, with a path in front of the API', async () => {
    const items = Array.from({ length: 600 }, (_, index) => ({
      metadata: { name: `c-${index}` },
      data: 'x'.repeat(500),
    }));
    const packing = createHttpServer((_request, response) =>
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(JSON.stringify({ items }))),
    );
    expect(
      await clientFor(plainAccess('x', `http://${await listening(packing)}`)).json({ path: '/api/v1/configmaps' }),
    ).toEqual({ items });
    const prefixed = createHttpServer((request, response) => response.end(JSON.stringify({ path: request.url })));
    const client = clientFor(plainAccess('rancher', `http://${await listening(prefixed)}/k8s/clusters/c-1/`));
    expect(await client.json({ path: '/version' })).toEqual({ path: '/k8s/clusters/c-1/version' });
  });

  it('comes over one kept connection', async () => {
    let connections = 0;
    const server = createHttpServer((_request, response) => response.end('{}'));
    server.on('connection', () => connections++);
    const client = clientFor(plainAccess('x', `http://${await listening(server)}`));
    for (let count = 0; count < 5; count++) await client.json({ path: '/version' });
    expect(connections).toBe(1);
  });

  it('is asked for again when the kept connection was closed meanwhile', async () => {
    let served = 0;
    const server = createHttpServer((_request, response) => {
      served++;
      if (served === 2) response.socket?.destroy();
      else response.end('{}');
    });
    const client = clientFor(plainAccess('x', `http://${await listening(server)}`));
    await client.json({ path: '/version' });
    expect(await client.json({ path: '/version' })).toEqual({});
    expect(served).toBe(3);
  });

  it('is waited for when the server asks for patience', async () => {
    const busy = { status: 429, retryAfter: '0' };
    const { access, requests } = await answering([busy, busy, { status: 503 }, { status: 200 }]);
    expect(await clientFor(access).json({ path: '/version' })).toMatchObject({ gitVersion: 'v1.36.0' });
    expect(requests).toHaveLength(4);
  });

  it('is not asked for again when it was a POST, nor when the wait would be long', async () => {
    const { access, requests } = await answering([
      { status: 429, retryAfter: '0' },
      { status: 429, retryAfter: '600' },
    ]);
    const client = clientFor(access);
    expect(
      (await failureOf(client.json({ path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', post: {} }))).code,
    ).toBe('cluster.too-many-requests');
    const error = await failureOf(client.json({ path: '/version' }));
    expect(retryAfterOf(error)).toBe(600_000);
    expect(requests).toHaveLength(2);
  });
});

describe('credentials', () => {
  it('are read anew once after a 401', async () => {
    const { access, requests } = await answering([{ status: 401 }, { status: 200 }]);
    const renewed: ClusterAccess = { ...access, credentials: holding({ authorization: 'Bearer new' }) };
    const client = clientFor({
      ...access,
      credentials: holding({ authorization: 'Bearer old' }),
      renew: async () => renewed,
    });
    await client.json({ path: '/version' });
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('that have ended are named with their date', async () => {
    const { access, requests } = await answering([{ status: 401 }]);
    const old: ClusterAccess = {
      ...access,
      credentials: holding({ kind: 'client certificate', expiresAt: Date.UTC(2026, 0, 2, 3, 4) }),
      renew: async () => ({ ...old }),
    };
    const error = await failureOf(clientFor(old).json({ path: '/version' }));
    expect(error.message).toMatch(
      /does not accept the client certificate of the context: it ended on 2026-01-02 03:04 UTC\.$/,
    );
    expect(requests).toHaveLength(2);
  });

  it('impersonate with every group', async () => {
    const { access, requests } = await answering();
    await clientFor({ ...access, headers: { 'Impersonate-User': 'jane', 'Impersonate-Group': ['a', 'b'] } }).json({
      path: '/version',
    });
    expect(requests[0]?.headers).toMatchObject({ 'impersonate-user': 'jane', 'impersonate-group': 'a, b' });
  });

  it('that may not impersonate are told so, and no role of the other is asked for', async () => {
    const message =
      'users "jane" is forbidden: User "joe" cannot impersonate resource "users" in API group "" at the cluster scope';
    const { access } = await answering([
      { status: 403, body: JSON.stringify({ kind: 'Status', status: 'Failure', message }) },
    ]);
    const error = await failureOf(
      clientFor({ ...access, headers: { 'Impersonate-User': 'jane' } }).json({ path: '/version' }),
    );
    expect(error.code).toBe('cluster.unauthorized');
    expect(error.message).toMatch(/does not let you act as "jane"\.$/);
    expect(error.remedy).toContain('impersonate');
  });

  it('of a client certificate are shown to the server', async () => {
    const pair = selfSigned({ name: 'server' });
    const { access } = await answering([{ status: 200 }], { cert: pair.certificate, key: pair.key });
    const secure: ClusterAccess = {
      ...access,
      authority: pair.certificate,
      credentials: holding({ kind: 'client certificate', authorization: undefined, ...pair }),
    };
    expect(await clientFor(secure).json({ path: '/version' })).toMatchObject({ major: '1' });
    const broken = await failureOf(
      clientFor({ ...secure, credentials: holding({ certificate: 'no PEM', key: 'no PEM' }) }).json({
        path: '/version',
      }),
    );
    expect(broken.code).toBe('kubeconfig.credentials');
  });
});

describe('a server that fails is told in one sentence', () => {
  const statuses: readonly (readonly [status: number, code: string, says: RegExp])[] = [
    [401, 'cluster.unauthorized', /does not accept the token of the context\.$/],
    [403, 'cluster.forbidden', /does not let you read \/version\.$/],
    [404, 'cluster.not-found', /has no \/version\.$/],
    [410, 'cluster.expired-version', /no longer has the state of \/version that was asked for\.$/],
    [429, 'cluster.too-many-requests', /has too many requests to answer at once\.$/],
    [500, 'cluster.server-error', /fails with 500 for \/version: injected 500\.$/],
    [503, 'cluster.server-error', /fails with 503 for \/version: injected 503\.$/],
    [504, 'cluster.no-answer', /did not get ready with \/version in time: injected 504\.$/],
    [302, 'cluster.bad-answer', /sends elsewhere \(a login page\?\) instead of answering\.$/],
    [407, 'cluster.unauthorized', /the proxy wants its own credentials\.$/],
  ];
  it.each(statuses)('%i', async (status, code, says) => {
    const { access } = await answering([{ status }]);
    const known: ClusterAccess = { ...access, credentials: holding({}), renew: async () => known };
    const error = await failureOf(clientFor(known).json({ path: '/version?x=1', patience: 0 }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).toContain('The API server of context "sample" (http://127.0.0.1:');
    expect(error.remedy).not.toBe('');
  });

  it('that echoes what it was sent does not put it before people', async () => {
    const { access } = await answering([
      { status: 500, body: JSON.stringify({ kind: 'Status', message: `bad ${canary} \u001b[31m` }) },
      { status: 500, body: `<html>${canary}</html>` },
    ]);
    const client = clientFor({ ...access, credentials: holding({}) });
    for (const path of ['/version', '/api']) {
      const error = await failureOf(client.json({ path }));
      expect(error.message).not.toMatch(/canary|html|\u001b/);
    }
  });

  const connections: readonly (readonly [
    what: string,
    behaviour: (socket: Socket) => void,
    code: string,
    says: RegExp,
  ])[] = [
    ['hangs', () => {}, 'cluster.no-answer', /takes requests but does not answer within 0\.5 s\.$/],
    [
      'cuts the connection',
      (socket) => socket.on('data', () => socket.destroy()),
      'cluster.unreachable',
      /cut the connection\.$/,
    ],
    [
      'stops in the middle',
      (socket) => socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a')),
      'cluster.no-answer',
      /stopped in the middle of an answer within 1 s\.$/,
    ],
    [
      'cuts in the middle',
      (socket) =>
        socket.on('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a', () => socket.destroy());
        }),
      'cluster.unreachable',
      /cut the connection\.$/,
    ],
    [
      'never ends',
      (socket) =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
          const timer = setInterval(() => socket.write('1\r\n \r\n'), 20);
          socket.on('close', () => clearInterval(timer));
        }),
      'cluster.no-answer',
      /did not end its answer within 2 s\.$/,
    ],
    [
      'speaks something else',
      (socket) => socket.write('SSH-2.0-OpenSSH\r\n'),
      'cluster.bad-answer',
      /does not speak HTTP\.$/,
    ],
    [
      'shows a web page',
      (socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>')),
      'cluster.bad-answer',
      /answers with a web page, not as a Kubernetes API\.$/,
    ],
    [
      'sends damaged JSON',
      (socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n{"items": [{')),
      'cluster.bad-answer',
      /sends JSON that is damaged\.$/,
    ],
    [
      'sends damaged gzip',
      (socket) => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip')),
      'cluster.bad-answer',
      /sent an answer that is damaged\.$/,
    ],
    [
      'has no such path and is no API',
      (socket) => socket.on('data', () => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno')),
      'cluster.bad-answer',
      /has no \/version, and does not say so as a Kubernetes API does\.$/,
    ],
    [
      'refuses as a gateway',
      (socket) => socket.on('data', () => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno')),
      'cluster.forbidden',
      /something in between that answers 403/,
    ],
  ];
  it.each(connections)('that %s', async (_what, behaviour, code, says) => {
    const client = clientFor(plainAccess('sample', `http://${await rawServer(behaviour)}`));
    const error = await failureOf(client.json({ path: '/version', deadlines: quick }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
  });

  it('that is not there, has no name, or no way', async () => {
    const gone = await answering();
    await gone.close();
    const asked = (url: string, request: Partial<KubeRequest> = {}) =>
      failureOf(clientFor(plainAccess('sample', url)).json({ path: '/version', ...request }));
    expect(await asked(gone.access.server.href)).toMatchObject({
      code: 'cluster.refused',
      message: expect.stringMatching(/refuses the connection: nothing listens there\.$/) as string,
    });
    expect(await asked('http://no-such-host.invalid')).toMatchObject({ code: 'cluster.name-not-resolved' });
  });

  it('whose answer is no longer wanted', async () => {
    const controller = new AbortController();
    const client = clientFor(
      plainAccess('sample', `http://${await rawServer((socket) => socket.on('data', () => controller.abort()))}`),
    );
    expect((await failureOf(client.json({ path: '/version', signal: controller.signal }))).code).toBe('interrupted');
    expect((await failureOf(client.json({ path: '/version', signal: controller.signal }))).code).toBe('interrupted');
  });
});

describe('a certificate', () => {
  it('of an authority that the kubeconfig does not know', async () => {
    const pair = selfSigned({ name: 'a' });
    const { access } = await answering([{ status: 200 }], { cert: pair.certificate, key: pair.key });
    const error = await failureOf(
      clientFor({ ...access, authority: selfSigned({ name: 'b' }).certificate }).json({ path: '/version' }),
    );
    expect(error).toMatchObject({
      code: 'cluster.certificate-unknown-authority',
      message: expect.stringMatching(
        /shows a certificate that the authority of the kubeconfig has not signed\.$/,
      ) as string,
    });
    expect(await clientFor({ ...access, insecure: true }).json({ path: '/version' })).toBeDefined();
  });

  it('for other names, unless tls-server-name is one of them', async () => {
    const pair = selfSigned({ name: 'a', names: 'DNS:api.example' });
    const { access } = await answering([{ status: 200 }], { cert: pair.certificate, key: pair.key });
    const known = { ...access, authority: pair.certificate };
    const error = await failureOf(clientFor(known).json({ path: '/version' }));
    expect(error.code).toBe('cluster.certificate-wrong-name');
    expect(error.message).toMatch(/shows a certificate for other names \(DNS:api\.example\) than 127\.0\.0\.1\.$/);
    expect(await clientFor({ ...known, serverName: 'api.example' }).json({ path: '/version' })).toBeDefined();
  });

  it('that has expired', async () => {
    const pair = selfSigned({ name: 'a', days: -1 });
    const { access } = await answering([{ status: 200 }], { cert: pair.certificate, key: pair.key });
    const error = await failureOf(clientFor({ ...access, authority: pair.certificate }).json({ path: '/version' }));
    expect(error).toMatchObject({
      code: 'cluster.certificate-expired',
      message: expect.stringMatching(/shows a certificate that has expired\.$/) as string,
    });
  });

  it('where the server speaks no TLS at all', async () => {
    const { access } = await answering();
    const error = await failureOf(
      clientFor({ ...access, server: new URL(access.server.href.replace('http:', 'https:')) }).json({
        path: '/version',
      }),
    );
    expect(error).toMatchObject({
      code: 'cluster.bad-answer',
      message: expect.stringMatching(/does not speak TLS|TLS handshake/) as string,
    });
  });
});
