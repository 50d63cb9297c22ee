import { expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { must, patch, sending } from './objects-bench.ts';
import type { ObjectsBench } from './objects-bench.ts';

function conformsInDeleting(bench: ObjectsBench): void {
  const { objects, soon, configMap, named } = bench;
  const fresh = async (name: string, more: Readonly<Record<string, unknown>> = {}): Promise<Manifest> => {
    const object = configMap(name, { MODE: 'fast' });
    return must(
      await objects().send(
        { verb: 'create', object: { ...object, metadata: { ...object.metadata, ...more } } },
        sending(bench),
      ),
    );
  };

  it('deletes what is as it was seen, once', async () => {
    const operation = { verb: 'delete', target: targetOf(await fresh('deleted')), propagation: 'Background' } as const;
    expect(await objects().send(operation, sending(bench))).toBeUndefined();
    expect(await objects().get(named('ConfigMap', 'deleted'), { signal: soon() })).toBeUndefined();
    await expect(objects().send(operation, sending(bench))).rejects.toMatchObject({ code: 'cluster.not-found' });
  });

  it('deletes nothing that has changed, or that is another of that name', async () => {
    const seen = await fresh('spared');
    await objects().send(patch(seen, [{ op: 'replace', path: '/data/MODE', value: 'slow' }]), sending(bench));
    const now = must(await objects().get(named('ConfigMap', 'spared'), { signal: soon() }));
    const other = { ...targetOf(now), uid: '00000000-0000-4000-8000-000000000000' };
    for (const target of [targetOf(seen), other]) {
      await expect(
        objects().send({ verb: 'delete', target, propagation: 'Background' }, sending(bench)),
      ).rejects.toMatchObject({ code: 'cluster.conflict', message: expect.stringContaining('/spared') });
    }
    expect(await objects().get(named('ConfigMap', 'spared'), { signal: soon() })).toEqual(now);
  });

  it('keeps nothing of a dry run', async () => {
    const object = await fresh('kept');
    await objects().send(
      { verb: 'delete', target: targetOf(object), propagation: 'Background' },
      sending(bench, { dryRun: true }),
    );
    expect(await objects().get(named('ConfigMap', 'kept'), { signal: soon() })).toEqual(object);
  });

  it('shows what a finalizer holds, until the last one goes', async () => {
    const object = await fresh('held', { finalizers: ['conformance.example/hold'] });
    const ending = must(
      await objects().send({ verb: 'delete', target: targetOf(object), propagation: 'Background' }, sending(bench)),
    );
    expect(ending.metadata['deletionTimestamp']).toEqual(expect.any(String));
    const read = must(await objects().get(named('ConfigMap', 'held'), { signal: soon() }));
    await objects().send(
      patch(read, [
        { op: 'test', path: '/metadata/finalizers', value: ['conformance.example/hold'] },
        { op: 'remove', path: '/metadata/finalizers' },
      ]),
      sending(bench),
    );
    expect(await objects().get(named('ConfigMap', 'held'), { signal: soon() })).toBeUndefined();
  });
}

function conformsInEvicting(bench: ObjectsBench): void {
  const { objects, soon, named, namespace, setting } = bench;
  const pod = async (name: string): Promise<void> => {
    await setting.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        serviceAccountName: 'runner',
        automountServiceAccountToken: false,
        containers: [{ name: 'app', image: 'web:1' }],
      },
    });
    await setting.setStatus(named('Pod', name), {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
    });
  };
  const evict = async (name: string, dryRun = false): Promise<unknown> => {
    const seen = must(await objects().get(named('Pod', name), { signal: soon() }));
    return await objects().send({ verb: 'evict', target: targetOf(seen) }, sending(bench, { dryRun }));
  };

  it('evicts a pod, unless a budget has nothing left', async () => {
    await setting.put({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'runner', namespace } });
    await pod('free');
    await pod('bound');
    await setting.put({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'bound', namespace, generation: 1 },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'bound' } } },
    });
    await setting.setStatus(named('PodDisruptionBudget', 'bound', 'policy/v1'), {
      observedGeneration: 1,
      disruptionsAllowed: 0,
      currentHealthy: 1,
      desiredHealthy: 1,
      expectedPods: 1,
    });
    await expect(evict('bound')).rejects.toMatchObject({
      code: 'cluster.disruption-budget',
      message: expect.stringContaining('disruption budget bound'),
    });
    expect(await objects().get(named('Pod', 'bound'), { signal: soon() })).not.toHaveProperty(
      'metadata.deletionTimestamp',
    );
    await evict('free', true);
    expect(await objects().get(named('Pod', 'free'), { signal: soon() })).toBeDefined();
    expect(await evict('free')).toBeUndefined();
    expect(await objects().get(named('Pod', 'free'), { signal: soon() })).toBeUndefined();
  });

  it('evicts nothing that is not as it was seen', async () => {
    await pod('moved');
    const seen = must(await objects().get(named('Pod', 'moved'), { signal: soon() }));
    await setting.setStatus(named('Pod', 'moved'), { phase: 'Running', message: 'moved on' });
    await expect(objects().send({ verb: 'evict', target: targetOf(seen) }, sending(bench))).rejects.toMatchObject({
      code: 'cluster.conflict',
    });
    expect(await objects().get(named('Pod', 'moved'), { signal: soon() })).not.toHaveProperty(
      'metadata.deletionTimestamp',
    );
  });
}

export function conformsInEnding(bench: ObjectsBench): void {
  conformsInDeleting(bench);
  conformsInEvicting(bench);
}
