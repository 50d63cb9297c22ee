import { afterEach, expect, it } from 'vitest';
import { read } from '../read-replay.ts';
import { startReplayServer } from '../replay-server.ts';
import type { ReplayOptions, ReplayServer } from '../replay-server.ts';
import { smallRecording } from '../small-recording.ts';

let server: ReplayServer;

async function start(options: ReplayOptions = {}): Promise<string> {
  server = await startReplayServer(smallRecording, options);
  return server.url;
}

afterEach(() => server.close());

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;q=0.9';

async function discover(path: string, accept = 'application/json'): Promise<unknown> {
  return JSON.parse((await read(server.url + path, { headers: { accept } })).text);
}

it('tells its version and its health', async () => {
  const url = await start();
  expect(await discover('/version')).toMatchObject({ major: '1', minor: '36', gitVersion: 'v1.36.3' });
  for (const path of ['healthz', 'livez', 'readyz', 'readyz/ping']) {
    expect((await read(`${url}/${path}`)).text).toBe('ok');
  }
  expect(await read(`${url}/nothing`)).toMatchObject({ code: 404, text: '404 page not found\n' });
});

it('tells groups and resources one by one', async () => {
  const url = await start();
  expect(await discover('/api')).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  expect(await discover('/apis')).toMatchObject({
    kind: 'APIGroupList',
    groups: expect.arrayContaining([
      {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
      },
    ]),
  });
  expect(await discover('/apis/farm.example')).toMatchObject({
    kind: 'APIGroup',
    versions: [{ version: 'v1' }, { version: 'v1beta1' }],
    preferredVersion: { version: 'v1' },
  });
  expect(await discover('/api/v1')).toMatchObject({
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: expect.arrayContaining([
      expect.objectContaining({ name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', shortNames: ['po'] }),
      expect.objectContaining({ name: 'pods/log', verbs: ['get'] }),
    ]),
  });
  expect(await discover('/apis/farm.example/v1')).toMatchObject({
    resources: [{ name: 'oxen', namespaced: false, kind: 'Ox', shortNames: ['ox'] }],
  });
  expect((await read(`${url}/apis/farm.example/v0`)).code).toBe(404);
  expect((await read(`${url}/apis/gateway.networking.k8s.io`)).code).toBe(404);
});

it('tells everything in one document to those who ask for it', async () => {
  const url = await start();
  const { headers } = await read(`${url}/apis`, { headers: { accept: aggregated } });
  expect(headers.get('content-type')).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
  expect(await discover('/api', aggregated)).toMatchObject({
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    items: [{ versions: [{ version: 'v1', freshness: 'Current' }] }],
  });
  expect(await discover('/apis', aggregated)).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        metadata: { name: 'example.com' },
        versions: [
          {
            version: 'v1',
            freshness: 'Current',
            resources: [
              expect.objectContaining({
                resource: 'proxies',
                scope: 'Namespaced',
                responseKind: { group: '', version: '', kind: 'Proxy' },
              }),
            ],
          },
        ],
      }),
    ]),
  });
});

it('can be a server that is too old for the one document', async () => {
  await start({ aggregatedDiscovery: false });
  expect(await discover('/apis', aggregated)).toMatchObject({ kind: 'APIGroupList' });
});
