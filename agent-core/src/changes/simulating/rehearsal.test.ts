import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import { startRehearsal } from './rehearsal.ts';
import { deployment, pod, signal } from '../testing/change-scene.ts';

const name = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };

async function live(cluster: ReturnType<typeof fakeCluster>): Promise<Manifest> {
  const found = await cluster.get(name, { signal });
  if (found === undefined) throw new Error('gone');
  return found;
}

describe('a rehearsal', () => {
  it('shows objects as they would be, and changes none', async () => {
    const cluster = fakeCluster([deployment()]);
    const rehearsal = startRehearsal(cluster, { changeId: 'chg-1', signal });
    const target = targetOf(await live(cluster));
    await rehearsal.rehearse({
      verb: 'patch',
      target,
      subresource: '',
      steps: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
    });
    await rehearsal.rehearse({
      verb: 'patch',
      target,
      subresource: '',
      steps: [
        { op: 'test', path: '/spec/replicas', value: 3 },
        { op: 'add', path: '/spec/paused', value: true },
      ],
    });
    const after = await rehearsal.view.get(name, { signal });
    expect(after?.['spec']).toMatchObject({ replicas: 3, paused: true });
    expect(after === undefined ? undefined : targetOf(after)).toEqual(target);
    expect((await live(cluster))['spec']).toMatchObject({ replicas: 1 });
    expect(rehearsal.changes()).toHaveLength(1);
    expect(cluster.effects).toEqual([]);
  });

  it('shows in lists, too, what was rehearsed before: two steps that are harmless alone are seen together', async () => {
    const cluster = fakeCluster([deployment(), pod('web-1')]);
    const rehearsal = startRehearsal(cluster, { changeId: 'chg-1', signal });
    await rehearsal.rehearse({
      verb: 'patch',
      target: targetOf(await live(cluster)),
      subresource: '',
      steps: [{ op: 'add', path: '/spec/paused', value: true }],
    });
    expect(
      await rehearsal.view.list({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: '' }, { signal }),
    ).toMatchObject([{ spec: { paused: true } }]);
    const gone = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' };
    const found = await cluster.get(gone, { signal });
    if (found !== undefined) {
      await rehearsal.rehearse({ verb: 'delete', target: targetOf(found), propagation: 'Background' });
    }
    expect(await rehearsal.view.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' }, { signal })).toHaveLength(1);
  });

  it('shows the number of replicas that the scale subresource would set', async () => {
    const cluster = fakeCluster([deployment()]);
    const rehearsal = startRehearsal(cluster, { changeId: 'chg-1', signal });
    await rehearsal.rehearse({
      verb: 'patch',
      target: targetOf(await live(cluster)),
      subresource: 'scale',
      steps: [{ op: 'replace', path: '/spec/replicas', value: 4 }],
    });
    expect((await rehearsal.view.get(name, { signal }))?.['spec']).toMatchObject({
      replicas: 4,
      selector: { matchLabels: { app: 'web' } },
    });
  });

  it('shows what would be made and what would be gone', async () => {
    const cluster = fakeCluster([pod('web-1')]);
    const rehearsal = startRehearsal(cluster, { changeId: 'chg-1', signal });
    const old = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' };
    const found = await cluster.get(old, { signal });
    if (found === undefined) throw new Error('gone');
    await rehearsal.rehearse({ verb: 'delete', target: targetOf(found), propagation: 'Background' });
    await rehearsal.rehearse({
      verb: 'create',
      object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { a: '1' } },
    });
    expect(await rehearsal.view.get(old, { signal })).toBeUndefined();
    expect(
      await rehearsal.view.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'c' }, { signal }),
    ).toMatchObject({ data: { a: '1' } });
    expect(rehearsal.changes().map(({ before, after }) => [before !== undefined, after !== undefined])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('throws what the server refuses', async () => {
    const cluster = fakeCluster([deployment()]);
    const target = targetOf(await live(cluster));
    await expect(
      startRehearsal(cluster, { changeId: 'chg-1', signal }).rehearse({
        verb: 'patch',
        target,
        subresource: '',
        steps: [{ op: 'test', path: '/spec/replicas', value: 9 }],
      }),
    ).rejects.toMatchObject({ code: 'cluster.conflict' });
  });
});
