import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CoreV1Api, KubeConfig, KubernetesObjectApi, Log, Watch } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startReplayServer } from './replay-server.ts';
import type { ReplayServer } from './replay-server.ts';
import { smallRecording } from './small-recording.ts';

let server: ReplayServer;
const config = new KubeConfig();

beforeAll(async () => {
  server = await startReplayServer(smallRecording);
  config.loadFromString(server.kubeconfig);
  // This client takes plain HTTP only when TLS is not to be verified.
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
});
afterAll(() => server.close());

it('lists pods', async () => {
  const { items } = await config.makeApiClient(CoreV1Api).listPodForAllNamespaces({ labelSelector: 'app=web' });
  expect(items.map((pod) => pod.metadata?.name)).toEqual(['web-1', 'web-2']);
});

it('understands the errors', async () => {
  await expect(
    config.makeApiClient(CoreV1Api).readNamespacedPod({ name: 'no', namespace: 'shop' }),
  ).rejects.toMatchObject({ code: 404, body: expect.stringContaining('pods \\"no\\" not found') });
});

it('watches', async () => {
  const seen: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const done = (error: unknown): void =>
      error === null || error === Watch.SERVER_SIDE_CLOSE
        ? resolve()
        : reject(error instanceof Error ? error : new Error(String(error)));
    const see = (type: string, object: { metadata: { name: string } }): void =>
      void seen.push(`${type} ${object.metadata.name}`);
    new Watch(config).watch('/api/v1/namespaces/data/pods', { timeoutSeconds: 1 }, see, done).catch(reject);
  });
  expect(seen).toEqual(['ADDED db-0']);
});

it('reads logs', async () => {
  const stream = new PassThrough();
  const whole = text(stream);
  await new Log(config).log('shop', 'web-1', 'app', stream, { tailLines: 1 });
  expect(await whole).toBe('three\n');
});

it('finds kinds through discovery', async () => {
  const client = KubernetesObjectApi.makeApiClient(config);
  expect(await client.read({ apiVersion: 'farm.example/v1', kind: 'Ox', metadata: { name: 'bertha' } })).toMatchObject({
    kind: 'Ox',
  });
  expect((await client.list('apps/v1', 'Deployment', 'shop')).items.map((item) => item.metadata?.name)).toEqual([
    'web',
  ]);
});

it('changes what is there, with the same refusals', async () => {
  const writable = await startReplayServer(smallRecording, { writable: true });
  try {
    const own = new KubeConfig();
    own.loadFromString(writable.kubeconfig);
    own.clusters = own.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
    const core = own.makeApiClient(CoreV1Api);
    const body = { metadata: { name: 'made' }, data: { a: '1' } };
    const made = await core.createNamespacedConfigMap({ namespace: 'shop', body });
    expect(made.metadata).toMatchObject({ name: 'made', namespace: 'shop', uid: expect.any(String) });
    await expect(core.createNamespacedConfigMap({ namespace: 'shop', body })).rejects.toMatchObject({ code: 409 });
    const patched = await core.patchNamespacedConfigMap({
      namespace: 'shop',
      name: 'made',
      body: [{ op: 'replace', path: '/data/a', value: '2' }],
    });
    expect(patched.data).toEqual({ a: '2' });
    await expect(
      core.createNamespacedPodEviction({ namespace: 'shop', name: 'none', body: { metadata: { name: 'none' } } }),
    ).rejects.toMatchObject({ code: 404 });
    await core.deleteNamespacedConfigMap({ namespace: 'shop', name: 'made' });
    await expect(core.readNamespacedConfigMap({ namespace: 'shop', name: 'made' })).rejects.toMatchObject({
      code: 404,
    });
  } finally {
    await writable.close();
  }
});
