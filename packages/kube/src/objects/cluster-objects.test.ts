import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterOperation } from '@autodevops/domain/change/operation';
import type { ClusterObjects, SendOptions } from '@autodevops/domain/ports/cluster-objects';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainAccess } from '../kubeconfig/plain-access.ts';
import { failureOf } from '../testing/failure-of.ts';
import { openClusterObjects } from './cluster-objects.ts';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
type Behaviour = (asked: Asked, response: ServerResponse) => void;

const resources = {
  kind: 'APIResourceList',
  resources: [
    { name: 'pods', namespaced: true, kind: 'Pod', verbs: ['get'] },
    { name: 'pods/eviction', namespaced: true, kind: 'Eviction', verbs: ['create'] },
    { name: 'secrets', namespaced: true, kind: 'Secret', verbs: ['get'] },
  ],
};
const token = 'canary-token-5f1d9c';
const target = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web', uid: 'u1', resourceVersion: '7' };
const patch: ClusterOperation = {
  verb: 'patch',
  target,
  subresource: '',
  steps: [{ op: 'add', path: '/metadata/labels/a', value: 'b' }],
};
const evict: ClusterOperation = { verb: 'evict', target };
const sending = (more: Partial<SendOptions> = {}): SendOptions => ({
  dryRun: false,
  changeId: 'chg-000000000001',
  signal: AbortSignal.timeout(20_000),
  ...more,
});

function status(code: number, message: string, more: object = {}): [number, string] {
  return [code, JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code, ...more })];
}

function answer(
  response: ServerResponse,
  [code, body]: readonly [number, string],
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(body);
}

/** A server that knows pods and Secrets and does this with every request that is no question about kinds. */
async function against(
  behaviour: Behaviour,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly objects: ClusterObjects; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      if (request.url === '/api/v1') return answer(response, [200, JSON.stringify(resources)]);
      const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      return behaviour(one, response);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const access = plainAccess('sample', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const objects = await openClusterObjects({
    access: {
      ...access,
      headers,
      credentials: async () => ({
        kind: 'token',
        authorization: `Bearer ${token}`,
        certificate: undefined,
        key: undefined,
        expiresAt: undefined,
      }),
    },
  });
  onTestFinished(() => objects.close());
  return { objects, asked };
}

const pod = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '8' },
});

describe('what is sent', () => {
  it('is a JSON patch that first tests which object it is and how it was seen', async () => {
    const { objects, asked } = await against((_asked, response) => answer(response, [200, pod]));
    await objects.send(patch, sending({ dryRun: true }));
    const [one] = asked;
    expect(one).toMatchObject({
      method: 'PATCH',
      url: '/api/v1/namespaces/shop/pods/web?fieldManager=autodevops&fieldValidation=Strict&dryRun=All',
      headers: { 'content-type': 'application/json-patch+json' },
    });
    expect(JSON.parse(one?.body ?? '')).toEqual([
      { op: 'test', path: '/metadata/uid', value: 'u1' },
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/metadata/labels/a', value: 'b' },
    ]);
  });

  it('is a delete or an eviction with preconditions', async () => {
    const { objects, asked } = await against((_asked, response) =>
      answer(response, [200, '{"kind":"Status","status":"Success"}']),
    );
    await objects.send({ verb: 'delete', target, propagation: 'Foreground' }, sending());
    await objects.send(evict, sending());
    const preconditions = { uid: 'u1', resourceVersion: '7' };
    expect(asked.map(({ method, url, body }) => [method, url, JSON.parse(body) as unknown])).toEqual([
      [
        'DELETE',
        '/api/v1/namespaces/shop/pods/web',
        { kind: 'DeleteOptions', apiVersion: 'v1', preconditions, propagationPolicy: 'Foreground' },
      ],
      [
        'POST',
        '/api/v1/namespaces/shop/pods/web/eviction',
        {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name: 'web', namespace: 'shop' },
          deleteOptions: { preconditions },
        },
      ],
    ]);
  });

  it('names whom it acts as, unless that cannot be sent or the access acts as somebody already', async () => {
    const { objects, asked } = await against((_asked, response) => answer(response, [200, pod]));
    await objects.send(patch, sending({ as: { user: 'ann', groups: ['dev', 'ops'] } }));
    expect(asked[0]?.headers).toMatchObject({ 'impersonate-user': 'ann', 'impersonate-group': 'dev, ops' });
    for (const as of [
      { user: 'a\nb', groups: [] },
      { user: '', groups: [] },
      { user: 'ann', groups: ['dev', 'a\r\nX: y'] },
    ]) {
      expect((await failureOf(objects.send(patch, sending({ as })))).code).toBe('cluster.invalid');
    }
    expect(asked).toHaveLength(1);
    const bound = await against((_asked, response) => answer(response, [200, pod]), { 'Impersonate-User': 'jo' });
    expect((await failureOf(bound.objects.send(patch, sending({ as: { user: 'ann', groups: [] } })))).code).toBe(
      'cluster.forbidden',
    );
    expect(bound.asked).toHaveLength(0);
  });
});

describe('an answer that does not come', () => {
  it.each<readonly [string, Behaviour]>([
    ['before anything', (_asked, response) => response.destroy()],
    ['in the header', (_asked, response) => void response.socket?.end('HTTP/1.1 200 OK\r\nContent-Le')],
    [
      'in the body',
      (_asked, response) => {
        response.writeHead(200, { 'Content-Length': '500' }).write('{');
        setImmediate(() => response.destroy());
      },
    ],
    ['by damage', (_asked, response) => answer(response, [200, '{"kind":'])],
  ])('leaves the outcome unknown when it breaks off %s, and nothing is sent again', async (_name, behaviour) => {
    const { objects, asked } = await against(behaviour);
    const failure = await failureOf(objects.send(patch, sending()));
    expect(failure).toMatchObject({
      code: 'cluster.outcome-unknown',
      message: expect.stringContaining('Pod shop/web'),
    });
    expect(asked).toHaveLength(1);
  });

  it('leaves nothing unknown after a dry run', async () => {
    const { objects } = await against((_asked, response) => response.destroy());
    expect((await failureOf(objects.send(patch, sending({ dryRun: true })))).code).toBe('cluster.unreachable');
  });

  it('leaves the outcome unknown when the caller stops waiting after it was sent, and nothing before', async () => {
    const stop = new AbortController();
    const { objects, asked } = await against(() => stop.abort());
    expect((await failureOf(objects.send(patch, sending({ signal: stop.signal })))).code).toBe(
      'cluster.outcome-unknown',
    );
    expect((await failureOf(objects.send(patch, sending({ signal: AbortSignal.abort() })))).code).toBe('interrupted');
    expect(asked).toHaveLength(1);
  });

  it('is told as no connection when nothing was sent', async () => {
    const { objects, asked } = await against((_asked, response) => answer(response, [200, pod]));
    await objects.send(patch, sending());
    const nobody = await openClusterObjects({ access: plainAccess('nobody', 'http://127.0.0.1:1') });
    expect((await failureOf(nobody.send(patch, sending()))).code).toBe('cluster.refused');
    expect(asked).toHaveLength(1);
  });
});

describe('an answer that is no success', () => {
  it.each<readonly [number, string]>([
    [500, 'etcdserver: request timed out'],
    [503, 'apiserver is shutting down'],
    [504, 'Timeout: request did not complete within requested timeout'],
  ])('leaves the outcome unknown at %i, once', async (code, message) => {
    const { objects, asked } = await against((_asked, response) =>
      answer(response, status(code, message), { 'Retry-After': '0' }),
    );
    const failure = await failureOf(objects.send(patch, sending()));
    expect(failure.code).toBe('cluster.outcome-unknown');
    expect(failure.message).toContain(message);
    expect(asked).toHaveLength(1);
  });

  it('is certain when a webhook could not be asked', async () => {
    const { objects } = await against((_asked, response) =>
      answer(
        response,
        status(500, 'Internal error occurred: failed calling webhook "a.b": no endpoints available', {
          reason: 'InternalError',
        }),
      ),
    );
    expect(await failureOf(objects.send(patch, sending()))).toMatchObject({
      code: 'cluster.server-error',
      message: expect.stringContaining('failed calling webhook'),
    });
  });

  it('waits for its turn at 429 with Retry-After, boundedly, but never with an eviction', async () => {
    const busy = status(429, 'too many requests', { reason: 'TooManyRequests' });
    const { objects, asked } = await against((_asked, response) =>
      asked.length < 3 ? answer(response, busy, { 'Retry-After': '0' }) : answer(response, [200, pod]),
    );
    await objects.send(patch, sending());
    expect(asked).toHaveLength(3);
    const always = await against((_asked, response) => answer(response, busy, { 'Retry-After': '0' }));
    expect((await failureOf(always.objects.send(patch, sending()))).code).toBe('cluster.too-many-requests');
    expect(always.asked).toHaveLength(4);
    const without = await against((_asked, response) => answer(response, busy));
    expect((await failureOf(without.objects.send(patch, sending()))).code).toBe('cluster.too-many-requests');
    expect(without.asked).toHaveLength(1);
    const evicting = await against((_asked, response) => answer(response, busy, { 'Retry-After': '0' }));
    expect((await failureOf(evicting.objects.send(evict, sending()))).code).toBe('cluster.too-many-requests');
    expect(evicting.asked).toHaveLength(1);
  });

  it('is not sent again with new credentials', async () => {
    const { objects, asked } = await against((_asked, response) => answer(response, status(401, 'Unauthorized')));
    expect((await failureOf(objects.send(patch, sending()))).code).toBe('cluster.unauthorized');
    expect(asked).toHaveLength(1);
  });

  it.each([
    [
      'a namespace that ends',
      'configmaps "c" is forbidden: unable to create new content in namespace shop because it is being terminated',
      [{ reason: 'NamespaceTerminating', message: 'namespace shop is being terminated', field: 'metadata.namespace' }],
      /until the namespace is gone/,
    ],
    [
      'a quota that is spent',
      'pods "web" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2',
      [],
      /quota/,
    ],
    ['a right that is missing', 'pods "web" is forbidden: User "x" cannot patch resource "pods"', [], /permission/],
  ])('tells what to do about %s', async (_what, message, causes, remedy) => {
    const { objects } = await against((_asked, response) =>
      answer(response, status(403, message, { reason: 'Forbidden', details: { causes } })),
    );
    const failure = await failureOf(objects.send(patch, sending()));
    expect(failure.code).toBe('cluster.forbidden');
    expect(failure.remedy).toMatch(remedy);
  });

  it('tells what a budget says of an eviction', async () => {
    const causes = [
      { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' },
    ];
    const { objects } = await against((_asked, response) =>
      answer(response, status(429, 'Cannot evict pod', { reason: 'TooManyRequests', details: { causes } })),
    );
    expect(await failureOf(objects.send(evict, sending()))).toMatchObject({
      code: 'cluster.disruption-budget',
      message:
        'Pod shop/web may not be evicted now: The disruption budget web needs 2 healthy pods and has 2 currently.',
    });
  });

  it('names who owns the fields that an apply would take', async () => {
    const causes = [
      { reason: 'FieldManagerConflict', message: 'conflict with "kubectl" using v1', field: '.data.a' },
      { reason: 'FieldManagerConflict', message: 'conflict with "argocd" using v1', field: '.data.b' },
    ];
    const { objects } = await against((_asked, response) =>
      answer(response, status(409, 'Apply failed with 2 conflicts', { reason: 'Conflict', details: { causes } })),
    );
    const apply: ClusterOperation = {
      verb: 'apply',
      object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } },
      force: false,
    };
    expect(await failureOf(objects.send(apply, sending()))).toMatchObject({
      code: 'cluster.conflict',
      message: 'Pod shop/web was not applied: kubectl, argocd own .data.a, .data.b.',
    });
  });

  it('holds no credentials, no long values and no control characters', async () => {
    const object = JSON.stringify(
      JSON.stringify({ spec: { env: [{ name: 'PASSWORD', value: 'canary-value-in-an-object' }] } }),
    );
    const message = `Invalid value: ${object}: strict decoding error: unknown field "spec.\u001b[31mx" ${token}`;
    const body = status(422, ` "" is invalid: patch: ${message}`, {
      reason: 'Invalid',
      details: { causes: [{ reason: 'FieldValueInvalid', field: 'patch', message }] },
    });
    const { objects } = await against((_asked, response) => answer(response, body));
    const failure = await failureOf(objects.send(patch, sending()));
    expect(failure.code).toBe('cluster.invalid');
    expect(failure.message).toContain('unknown field "spec.\\x1b[31mx"');
    for (const canary of [token, 'canary-value']) expect(failure.message).not.toContain(canary);
  });

  it('is told in full although it repeats a large object', async () => {
    const message = `Invalid value: "${'x'.repeat(300_000)}": strict decoding error: unknown field "spec.a"`;
    const body = status(422, message, {
      reason: 'Invalid',
      details: { causes: [{ reason: 'FieldValueInvalid', field: 'patch', message }] },
    });
    const { objects } = await against((_asked, response) => answer(response, body));
    expect(await failureOf(objects.send(patch, sending()))).toMatchObject({
      code: 'cluster.invalid',
      message: 'Pod shop/web would not be valid: strict decoding error: unknown field "spec.a".',
    });
  });
});
