import { expect, it } from 'vitest';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { fakeCluster } from './fake-cluster.ts';
import type { FakeCluster } from './fake-cluster.ts';

const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { N: '1' },
};
const named = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'settings' };
const sending = (dryRun = false) => ({ dryRun, changeId: 'chg-000000000001', signal: AbortSignal.timeout(10_000) });

async function seen(cluster: FakeCluster): Promise<Manifest> {
  const object = await cluster.get(named, { signal: AbortSignal.timeout(10_000) });
  if (object === undefined) throw new Error('it is not there');
  return object;
}

async function setTo(cluster: FakeCluster, value: string): Promise<ClusterOperation> {
  return {
    verb: 'patch',
    target: targetOf(await seen(cluster)),
    subresource: '',
    steps: [{ op: 'replace', path: '/data/N', value }],
  };
}

it('counts what took effect: no dry run, nothing refused, nothing that was there already', async () => {
  const cluster = fakeCluster([settings]);
  const operation = await setTo(cluster, '2');
  await cluster.send(operation, sending(true));
  await cluster.send(operation, sending());
  await expect(cluster.send(operation, sending())).rejects.toMatchObject({ code: 'cluster.conflict' });
  const create = { verb: 'create', object: { ...settings, metadata: { name: 'more', namespace: 'shop' } } } as const;
  await cluster.send(create, sending());
  await cluster.send(create, sending());
  expect(cluster.effects.map((effect) => effect.operation)).toEqual([operation, create]);
});

it('fails the next request before its effect, or after it', async () => {
  const cluster = fakeCluster([settings]);
  cluster.failNext({ done: false });
  await expect(cluster.send(await setTo(cluster, '2'), sending())).rejects.toMatchObject({
    code: 'cluster.unreachable',
  });
  expect((await seen(cluster))['data']).toEqual({ N: '1' });
  cluster.failNext({ done: true });
  await expect(cluster.send(await setTo(cluster, '2'), sending())).rejects.toMatchObject({
    code: 'cluster.outcome-unknown',
  });
  expect((await seen(cluster))['data']).toEqual({ N: '2' });
  await cluster.send(await setTo(cluster, '3'), sending());
  expect((await seen(cluster))['data']).toEqual({ N: '3' });
});

it('holds an answer until it is released, and tells one who stops waiting that nothing is known', async () => {
  const cluster = fakeCluster([settings]);
  const held = cluster.holdNext();
  const answer = cluster.send(await setTo(cluster, '2'), sending());
  await held.arrived;
  expect((await seen(cluster))['data']).toEqual({ N: '2' });
  held.release();
  expect((await answer)?.['data']).toEqual({ N: '2' });
  const stop = new AbortController();
  const forgotten = cluster.holdNext();
  const waiting = cluster.send(await setTo(cluster, '3'), { ...sending(), signal: stop.signal });
  await forgotten.arrived;
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cluster.outcome-unknown' });
});

it('lets a controller act after each effect', async () => {
  const cluster = fakeCluster([settings], {
    controllers: [
      ({ object }, hand) =>
        hand.put({
          ...settings,
          metadata: { name: `saw-${String(object?.['data'] !== undefined)}`, namespace: 'shop' },
        }),
    ],
  });
  await cluster.send(await setTo(cluster, '2'), sending());
  expect(
    cluster
      .all()
      .map(({ metadata }) => metadata.name)
      .toSorted(),
  ).toEqual(['saw-true', 'settings']);
});

it('gives what is made anew under an old name another uid', async () => {
  const cluster = fakeCluster([settings]);
  const before = await setTo(cluster, '2');
  cluster.remove(named);
  cluster.put(settings);
  await expect(cluster.send(before, sending())).rejects.toMatchObject({ code: 'cluster.conflict' });
});

it('ends pods on a node as a kubelet would, unless there is none', async () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { nodeName: 'n1' },
    status: { phase: 'Running' },
  };
  const name = { ...named, kind: 'Pod', name: 'web' };
  for (const kubelet of [true, false]) {
    const cluster = fakeCluster([pod], { kubelet });
    const there = await cluster.get(name, { signal: AbortSignal.timeout(10_000) });
    await cluster.send({ verb: 'evict', target: targetOf(there as Manifest) }, sending());
    const after = await cluster.get(name, { signal: AbortSignal.timeout(10_000) });
    expect(after?.metadata['deletionGracePeriodSeconds']).toBe(kubelet ? undefined : 30);
  }
});
