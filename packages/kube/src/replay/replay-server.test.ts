import { get } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { read, readList, readNames } from './read-replay.ts';
import { startReplayServer } from './replay-server.ts';
import type { ReplayOptions, ReplayServer } from './replay-server.ts';
import { smallRecording } from './small-recording.ts';

const running: ReplayServer[] = [];

async function start(options: ReplayOptions = {}, recording = smallRecording): Promise<ReplayServer> {
  const server = await startReplayServer(recording, options);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

it('gives one object with its kind', async () => {
  const { url } = await start();
  expect(JSON.parse((await read(`${url}/api/v1/namespaces/shop/pods/web-1`)).text)).toMatchObject({
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'web-1', resourceVersion: '40' },
  });
  expect(JSON.parse((await read(`${url}/apis/farm.example/v1beta1/oxen/bertha`)).text)).toMatchObject({
    kind: 'Ox',
    apiVersion: 'farm.example/v1beta1',
  });
  expect(JSON.parse((await read(`${url}/api/v1/namespaces/shop`)).text)).toMatchObject({ kind: 'Namespace' });
});

it('lists in the order and the shape of the API server', async () => {
  const { url } = await start();
  expect(await readNames(`${url}/api/v1/pods`)).toEqual(['db-0', 'web-1', 'web-2']);
  expect(await readNames(`${url}/api/v1/namespaces/shop/pods`)).toEqual(['web-1', 'web-2']);
  expect(await readNames(`${url}/api/v1/namespaces/none/pods`)).toEqual([]);
  const pods = await readList(`${url}/api/v1/pods`);
  expect(pods).toMatchObject({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '40' } });
  expect(pods.items.map((item) => Object.keys(item))).toEqual(pods.items.map(() => ['metadata', 'spec', 'status']));
  const proxies = await readList(`${url}/apis/example.com/v1/proxies`);
  expect(proxies).toMatchObject({
    kind: 'ProxyList',
    metadata: { continue: '' },
    items: [{ kind: 'Proxy', apiVersion: 'example.com/v1' }],
  });
});

it('gives metadata alone when that is asked for', async () => {
  const { url } = await start();
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
  const list = await readList(`${url}/api/v1/pods`, { headers: { accept } });
  expect(list).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' });
  expect(list.items.every((item) => item.kind === 'PartialObjectMetadata' && !('spec' in item))).toBe(true);
});

it.each([
  [
    '/api/v1/namespaces/shop/pods/no',
    404,
    { message: 'pods "no" not found', reason: 'NotFound', details: { name: 'no', kind: 'pods' } },
  ],
  [
    '/apis/apps/v1/namespaces/shop/deployments/no',
    404,
    { message: 'deployments.apps "no" not found', details: { name: 'no', group: 'apps', kind: 'deployments' } },
  ],
  ['/api/v1/nothings', 404, { message: 'the server could not find the requested resource', details: {} }],
  ['/apis/apps/v9/deployments', 404, { message: 'the server could not find the requested resource' }],
  ['/api/v1/pods/web-1', 404, { message: 'the server could not find the requested resource' }],
  ['/api/v1/namespaces/shop/nodes', 404, { message: 'the server could not find the requested resource' }],
  ['/api/v1/pods/%E0%A4%A', 404, { reason: 'NotFound' }],
  ['/api/v1/pods?limit=x', 400, { message: 'strconv.ParseInt: parsing "x": invalid syntax', reason: 'BadRequest' }],
  ['/api/v1/pods?fieldSelector=spec.x%3D1', 400, { message: 'field label not supported: spec.x' }],
  [
    '/apis/apps/v1/deployments?fieldSelector=spec.x%3D1',
    400,
    { message: '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"' },
  ],
  [
    '/api/v1/pods?resourceVersion=41',
    504,
    { message: 'Timeout: Too large resource version: 41, current: 40', details: { retryAfterSeconds: 1 } },
  ],
  ['/api/v1/pods?resourceVersion=x', 400, { reason: 'BadRequest' }],
])('answers %s with %i', async (path, code, body) => {
  const { url } = await start();
  const answer = await read(url + path);
  expect(answer.code).toBe(code);
  expect(JSON.parse(answer.text)).toMatchObject({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    code,
    ...body,
  });
});

it('refuses to change anything, and media types that it does not have', async () => {
  const { url } = await start();
  for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
    expect((await read(`${url}/api/v1/namespaces/shop/pods/web-1`, { method })).code).toBe(405);
  }
  expect((await read(`${url}/version`, { method: 'DELETE' })).code).toBe(405);
  expect((await read(`${url}/api/v1/pods`, { headers: { accept: 'text/plain' } })).code).toBe(406);
  expect(
    (await read(`${url}/api/v1/pods`, { headers: { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' } })).code,
  ).toBe(406);
  expect(
    (
      await read(`${url}/api/v1/pods`, {
        headers: { accept: 'application/json;as=Table;g=meta.k8s.io;v=v1, application/json;q=0.5' },
      })
    ).code,
  ).toBe(200);
});

it('gives lists in pages of one moment', async () => {
  const server = await start();
  const first = await readList(`${server.url}/api/v1/pods?limit=1`);
  expect(first.metadata.remainingItemCount).toBe(2);
  server.apply({
    type: 'DELETED',
    object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'shop' } },
  });
  const token = encodeURIComponent(first.metadata.continue ?? '');
  expect(await readNames(`${server.url}/api/v1/pods?limit=5&continue=${token}`)).toEqual(['web-1', 'web-2']);
  expect(await readNames(`${server.url}/api/v1/pods`)).toEqual(['db-0', 'web-2']);
  expect((await read(`${server.url}/api/v1/events?limit=1&continue=${token}`)).code).toBe(400);
  expect((await read(`${server.url}/api/v1/pods?limit=1&continue=zz`)).code).toBe(400);
  const selected = await readList(`${server.url}/api/v1/pods?limit=1&labelSelector=app`);
  expect(selected.metadata.continue).toBeTypeOf('string');
  expect(selected.metadata).not.toHaveProperty('remainingItemCount');
});

it('says 410 for a page whose list is no longer held, with a token for the rest', async () => {
  const { url } = await start({ continueMs: -1 });
  const first = await readList(`${url}/api/v1/pods?limit=1`);
  const expired = await read(`${url}/api/v1/pods?limit=1&continue=${first.metadata.continue}`);
  expect(expired.code).toBe(410);
  const status = JSON.parse(expired.text) as { reason: string; metadata: { continue: string } };
  expect(status.reason).toBe('Expired');
  expect(await readNames(`${url}/api/v1/pods?continue=${status.metadata.continue}`)).toEqual(['web-1', 'web-2']);
});

it.each([
  ['labelSelector=app%3Dweb', ['web-1', 'web-2']],
  ['labelSelector=app+in+(db,x),!tier', ['db-0']],
  ['labelSelector=tier', ['web-1']],
  ['fieldSelector=metadata.name%3Dweb-2', ['web-2']],
  ['fieldSelector=metadata.namespace!%3Dshop', ['db-0']],
  ['fieldSelector=spec.nodeName%3Dn1,status.phase%3DRunning', ['web-1']],
  ['fieldSelector=spec.hostNetwork%3Dfalse', ['db-0', 'web-1', 'web-2']],
])('selects by %s', async (query, names) => {
  const { url } = await start();
  expect(await readNames(`${url}/api/v1/pods?${query}`)).toEqual(names);
});

it('selects events by their object', async () => {
  const { url } = await start();
  expect(await readNames(`${url}/api/v1/events?fieldSelector=involvedObject.name%3Dweb-1,type%3DWarning`)).toEqual([
    'e1',
  ]);
  expect(await readNames(`${url}/api/v1/events?fieldSelector=involvedObject.name%3Dweb-2`)).toEqual([]);
});

it('compresses large answers for those who take it', async () => {
  const data = { text: 'a'.repeat(200_000) };
  const { url } = await start(
    {},
    { objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'big', namespace: 'a' }, data }], logs: [] },
  );
  const ask = (path: string, encoding: string): Promise<{ encoding: string | undefined; body: Buffer }> =>
    new Promise((resolve, reject) => {
      get(url + path, { headers: { 'accept-encoding': encoding } }, (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }));
      }).on('error', reject);
    });
  const packed = await ask('/api/v1/configmaps', 'br, gzip');
  expect(packed.encoding).toBe('gzip');
  expect(JSON.parse(gunzipSync(packed.body).toString())).toMatchObject({ items: [{ data }] });
  expect((await ask('/api/v1/configmaps', 'identity')).encoding).toBeUndefined();
  expect((await ask('/api/v1/configmaps', 'gzip;q=0')).encoding).toBeUndefined();
  expect((await ask('/version', 'gzip')).encoding).toBeUndefined();
});

it('denies what is not allowed, in the words of the API server', async () => {
  const { url } = await start({
    user: 'jo',
    allow: (resource, verb, namespace) =>
      !(resource === 'secrets' || (resource === 'pods' && verb === 'list' && namespace === undefined)),
  });
  expect(await readNames(`${url}/api/v1/namespaces/shop/pods`)).toEqual(['web-1', 'web-2']);
  const denied = await read(`${url}/api/v1/pods`);
  expect(denied.code).toBe(403);
  expect(JSON.parse(denied.text)).toMatchObject({
    message: 'pods is forbidden: User "jo" cannot list resource "pods" in API group "" at the cluster scope',
    details: { kind: 'pods' },
  });
  expect((await read(`${url}/api/v1/namespaces/shop/secrets/x`)).text).toContain(
    'secrets \\"x\\" is forbidden: User \\"jo\\" cannot get resource \\"secrets\\" in API group \\"\\" in the namespace \\"shop\\"',
  );
});

it('reviews rights', async () => {
  const { url } = await start();
  const ask = (attributes: object): Promise<unknown> =>
    read(`${url}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ spec: { resourceAttributes: attributes } }),
    }).then((answer) => JSON.parse(answer.text));
  expect(await ask({ verb: 'list', resource: 'pods' })).toMatchObject({
    kind: 'SelfSubjectAccessReview',
    status: { allowed: true },
  });
  expect(await ask({ verb: 'delete', resource: 'pods' })).toMatchObject({ status: { allowed: false } });
  const rules = await read(`${url}/apis/authorization.k8s.io/v1/selfsubjectrulesreviews`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"spec":{"namespace":"shop"}}',
  });
  expect(rules.code).toBe(201);
  expect(rules.text).toContain('{"verbs":["get","list","watch"],"apiGroups":[""],"resources":["pods/log"]}');
  expect(
    (
      await read(`${url}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`, {
        method: 'POST',
        body: 'zz',
        headers: { 'content-type': 'application/json' },
      })
    ).code,
  ).toBe(400);
  expect((await read(`${url}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`)).code).toBe(405);
});

it('answers only under the names of the loopback address', async () => {
  const { url } = await start();
  const code = await new Promise((resolve, reject) =>
    get(`${url}/version`, { headers: { host: 'evil.example' } }, (response) =>
      resolve(response.resume().statusCode),
    ).on('error', reject),
  );
  expect(code).toBe(403);
});

it('survives requests that are no requests, and closes every connection', async () => {
  const server = await start();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const closed = new Promise((resolve) =>
    socket
      .on('close', resolve)
      .on('error', () => undefined)
      .resume(),
  );
  socket.write('GET http://[bad HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
  const ended = fetch(`${server.url}/api/v1/pods?watch=1`)
    .then((response) => response.text())
    .catch(String);
  expect((await read(`${server.url}/healthz`)).text).toBe('ok');
  await server.close();
  expect(await ended).toContain('terminated');
  await closed;
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});

it('refuses a recording with something that is no object', async () => {
  await expect(startReplayServer({ objects: [{ kind: 'Pod', apiVersion: 'v1' }], logs: [] })).rejects.toThrow(
    'a recorded Pod has no metadata.name',
  );
});
