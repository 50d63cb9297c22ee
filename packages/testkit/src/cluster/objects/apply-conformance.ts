import { expect, it } from 'vitest';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { changeId, must, sending } from './objects-bench.ts';
import type { ObjectsBench } from './objects-bench.ts';

export function conformsInApplying(bench: ObjectsBench): void {
  const { objects, soon, configMap, named, setting } = bench;

  it('makes what is not there, and nothing new of what is there so', async () => {
    const operation = { verb: 'apply', object: configMap('applied', { A: '1', B: '2' }), force: false } as const;
    const made = must(await objects().send(operation, sending(bench)));
    expect(made.metadata['annotations']).toEqual({ 'autodevops.dev/change': changeId });
    expect(targetOf(must(await objects().send(operation, sending(bench))))).toEqual(targetOf(made));
  });

  it('takes away what it applied before and no longer does', async () => {
    await objects().send(
      { verb: 'apply', object: configMap('shrunk', { A: '1', B: '2' }), force: false },
      sending(bench),
    );
    const after = must(
      await objects().send({ verb: 'apply', object: configMap('shrunk', { A: '1' }), force: false }, sending(bench)),
    );
    expect(after['data']).toEqual({ A: '1' });
  });

  it('leaves what others own, and names them when it would change it', async () => {
    await setting.put(configMap('owned', { A: 'theirs', B: 'theirs' }));
    const beside = must(
      await objects().send({ verb: 'apply', object: configMap('owned', { C: 'ours' }), force: false }, sending(bench)),
    );
    expect(beside['data']).toEqual({ A: 'theirs', B: 'theirs', C: 'ours' });
    const over = { verb: 'apply', object: configMap('owned', { A: 'ours', C: 'ours' }), force: false } as const;
    await expect(objects().send(over, sending(bench))).rejects.toMatchObject({
      code: 'cluster.conflict',
      message: expect.stringMatching(/\S+ owns \.data\.A/),
    });
    expect(await objects().get(named('ConfigMap', 'owned'), { signal: soon() })).toMatchObject({
      data: { A: 'theirs' },
    });
    const taken = must(await objects().send({ ...over, force: true }, sending(bench)));
    expect(taken['data']).toEqual({ A: 'ours', B: 'theirs', C: 'ours' });
  });

  if (setting.knowsFields) {
    it('is told which field a kind does not have', async () => {
      const object = { ...configMap('applied-wrong', {}), daat: { A: '1' } };
      await expect(objects().send({ verb: 'apply', object, force: false }, sending(bench))).rejects.toMatchObject({
        code: 'cluster.invalid',
        message: expect.stringContaining('.daat'),
      });
    });
  }

  it('keeps nothing of a dry run', async () => {
    await objects().send(
      { verb: 'apply', object: configMap('applied-dry', { A: '1' }), force: false },
      sending(bench, { dryRun: true }),
    );
    expect(await objects().get(named('ConfigMap', 'applied-dry'), { signal: soon() })).toBeUndefined();
  });
}
