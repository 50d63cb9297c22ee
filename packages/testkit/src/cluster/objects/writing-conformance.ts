import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { changeId, must, patch, sending, stranger } from './objects-bench.ts';
import type { ObjectsBench } from './objects-bench.ts';

function deployment(namespace: string, name: string): Manifest {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'web:1' }] } },
    },
  };
}

const setTo = (path: string, value: string | number): PatchStep => ({ op: 'replace', path, value });

function conformsInCreating(bench: ObjectsBench): void {
  const { objects, soon, configMap, named } = bench;

  it('creates, and leaves the id of the change on what it made', async () => {
    const made = must(
      await objects().send({ verb: 'create', object: configMap('made', { MODE: 'fast' }) }, sending(bench)),
    );
    expect(targetOf(made)).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: bench.namespace,
      name: 'made',
    });
    const read = must(await objects().get(named('ConfigMap', 'made'), { signal: soon() }));
    expect(read['data']).toEqual({ MODE: 'fast' });
    expect(read.metadata['annotations']).toEqual({ 'autodevops.dev/change': changeId });
  });

  it('knows its own work again, and refuses to take what somebody else made for it', async () => {
    const create: ClusterOperation = { verb: 'create', object: configMap('twice', { MODE: 'fast' }) };
    const first = must(await objects().send(create, sending(bench)));
    expect(targetOf(must(await objects().send(create, sending(bench))))).toEqual(targetOf(first));
    await expect(objects().send(create, sending(bench, { changeId: 'chg-another00001' }))).rejects.toMatchObject({
      code: 'cluster.already-exists',
      message: expect.stringContaining(`ConfigMap ${bench.namespace}/twice`),
    });
  });

  it('keeps nothing of a dry run', async () => {
    const made = must(
      await objects().send(
        { verb: 'create', object: configMap('dry', { MODE: 'fast' }) },
        sending(bench, { dryRun: true }),
      ),
    );
    expect(made['data']).toEqual({ MODE: 'fast' });
    expect(await objects().get(named('ConfigMap', 'dry'), { signal: soon() })).toBeUndefined();
  });

  it('creates nothing in a namespace that does not exist', async () => {
    const object = { ...configMap('lost', {}), metadata: { name: 'lost', namespace: 'conformance-nowhere' } };
    await expect(objects().send({ verb: 'create', object }, sending(bench))).rejects.toMatchObject({
      code: 'cluster.not-found',
    });
  });

  it('acts as somebody, who may do no more than that one may', async () => {
    const as = { user: stranger, groups: ['system:authenticated'] };
    await expect(
      objects().send({ verb: 'create', object: configMap('strange', {}) }, sending(bench, { as })),
    ).rejects.toMatchObject({ code: 'cluster.forbidden', message: expect.stringContaining(stranger) });
  });

  it('creates and changes custom resources as soon as they are defined', async () => {
    const names = { kind: 'Ox', plural: 'oxen', singular: 'ox', listKind: 'OxList' };
    const schema = {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } },
      },
    };
    const definition = {
      group: 'farm.example',
      scope: 'Namespaced',
      names,
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    };
    await bench.setting.put({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'oxen.farm.example' },
      spec: definition,
    });
    const create: ClusterOperation = {
      verb: 'create',
      object: {
        apiVersion: 'farm.example/v1',
        kind: 'Ox',
        metadata: { name: 'bertha', namespace: bench.namespace },
        spec: { size: 1 },
      },
    };
    let ox: Manifest | undefined;
    // A definition takes moments to be served.
    for (let tries = 0; ox === undefined && tries < 100; tries++) {
      ox = await objects()
        .send(create, sending(bench))
        .catch(() => sleep(100, undefined));
    }
    const grown = must(await objects().send(patch(must(ox), [setTo('/spec/size', 2)]), sending(bench)));
    expect(grown).toMatchObject({ spec: { size: 2 }, metadata: { generation: 2 } });
  });
}

function conformsInPatching(bench: ObjectsBench): void {
  const { objects, soon, configMap, named } = bench;
  const fresh = async (name: string, data: Readonly<Record<string, string>> = { MODE: 'fast' }): Promise<Manifest> =>
    must(await objects().send({ verb: 'create', object: configMap(name, data) }, sending(bench)));

  it('patches what is as it was seen', async () => {
    const before = await fresh('patched');
    const after = must(
      await objects().send(
        patch(before, [{ op: 'test', path: '/data/MODE', value: 'fast' }, setTo('/data/MODE', 'slow')]),
        sending(bench),
      ),
    );
    expect(after['data']).toEqual({ MODE: 'slow' });
    expect(after.metadata['uid']).toBe(before.metadata['uid']);
    expect(after.metadata['resourceVersion']).not.toBe(before.metadata['resourceVersion']);
  });

  it('cannot patch twice from one seeing', async () => {
    const operation = patch(await fresh('once', { N: '1' }), [setTo('/data/N', '2')]);
    await objects().send(operation, sending(bench));
    await expect(objects().send(operation, sending(bench))).rejects.toMatchObject({ code: 'cluster.conflict' });
    expect(await objects().get(named('ConfigMap', 'once'), { signal: soon() })).toMatchObject({ data: { N: '2' } });
  });

  it('changes nothing when it is another object, or a test or a path does not hold', async () => {
    const object = await fresh('guarded');
    const other = patch({ ...object, metadata: { ...object.metadata, uid: '00000000-0000-4000-8000-000000000000' } }, [
      setTo('/data/MODE', 'slow'),
    ]);
    const untrue = patch(object, [setTo('/data/MODE', 'slow'), { op: 'test', path: '/data/MODE', value: 'fast' }]);
    const pathless = patch(object, [{ op: 'remove', path: '/data/NONE' }]);
    for (const operation of [other, untrue, pathless]) {
      await expect(objects().send(operation, sending(bench))).rejects.toMatchObject({
        code: 'cluster.conflict',
        message: expect.stringContaining('/guarded'),
      });
    }
    expect(await objects().get(named('ConfigMap', 'guarded'), { signal: soon() })).toEqual(object);
  });

  it('tells a patch of what is gone', async () => {
    const object = await fresh('gone');
    await objects().send({ verb: 'delete', target: targetOf(object), propagation: 'Background' }, sending(bench));
    await expect(objects().send(patch(object, [setTo('/data/MODE', 'slow')]), sending(bench))).rejects.toMatchObject({
      code: 'cluster.not-found',
    });
  });

  it('shows what a patch would make, and keeps nothing of it', async () => {
    const object = await fresh('tried');
    const tried = must(
      await objects().send(patch(object, [setTo('/data/MODE', 'slow')]), sending(bench, { dryRun: true })),
    );
    expect(tried['data']).toEqual({ MODE: 'slow' });
    expect(await objects().get(named('ConfigMap', 'tried'), { signal: soon() })).toEqual(object);
  });

  it('gives no new version to what is patched to what it is', async () => {
    const object = await fresh('same');
    expect(
      must(await objects().send(patch(object, [setTo('/data/MODE', 'fast')]), sending(bench))).metadata[
        'resourceVersion'
      ],
    ).toBe(object.metadata['resourceVersion']);
  });
}

function conformsInWorkloads(bench: ObjectsBench): void {
  const { objects, soon, named, setting, namespace } = bench;
  const fresh = async (name: string): Promise<Manifest> =>
    must(await objects().send({ verb: 'create', object: deployment(namespace, name) }, sending(bench)));
  /** A controller may write its status at any time; what was seen is looked at again then. */
  const untilSeen = async (
    name: string,
    send: (seen: Manifest) => Promise<Manifest | undefined>,
  ): Promise<Manifest> => {
    for (let tries = 0; ; tries++) {
      try {
        return must(await send(must(await objects().get(named('Deployment', name, 'apps/v1'), { signal: soon() }))));
      } catch (error) {
        if ((error as { code?: string }).code !== 'cluster.conflict' || tries === 10) throw error;
      }
    }
  };

  it('counts what is wanted, not what is noted', async () => {
    await fresh('counted');
    const generationAfter = async (step: PatchStep): Promise<number> => {
      let from = 0;
      const after = await untilSeen('counted', (seen) => {
        from = Number(seen.metadata['generation']);
        return objects().send(patch(seen, [step]), sending(bench));
      });
      return Number(after.metadata['generation']) - from;
    };
    expect(await generationAfter({ op: 'add', path: '/metadata/labels/note', value: 'x' })).toBe(0);
    expect(
      await generationAfter({ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'web:2' }),
    ).toBe(1);
    // Annotations of a Deployment count, as its controller copies them to its ReplicaSets.
    expect(await generationAfter({ op: 'add', path: '/metadata/annotations/note', value: 'x' })).toBe(1);
  });

  it('leaves the status to whoever writes it', async () => {
    await fresh('standing');
    const after = await untilSeen('standing', (seen) =>
      objects().send(patch(seen, [{ op: 'add', path: '/status', value: { replicas: 7 } }]), sending(bench)),
    );
    expect((after['status'] as { replicas?: number } | undefined)?.replicas ?? 0).toBe(0);
  });

  it('scales through the subresource', async () => {
    await fresh('scaled');
    // Of a Scale, nought is not there to be tested or replaced.
    const scale = await untilSeen('scaled', (seen) =>
      objects().send(
        patch(seen, [{ op: 'add', path: '/spec/replicas', value: 2 }], 'scale'),
        sending(bench, { dryRun: true }),
      ),
    );
    expect(scale).toMatchObject({ kind: 'Scale', spec: { replicas: 2 } });
    await untilSeen('scaled', (seen) =>
      objects().send(patch(seen, [{ op: 'add', path: '/spec/replicas', value: 1 }], 'scale'), sending(bench)),
    );
    await untilSeen('scaled', (seen) =>
      objects().send(
        patch(seen, [{ op: 'test', path: '/spec/replicas', value: 1 }, setTo('/spec/replicas', 3)], 'scale'),
        sending(bench),
      ),
    );
    expect(await objects().get(named('Deployment', 'scaled', 'apps/v1'), { signal: soon() })).toMatchObject({
      spec: { replicas: 3 },
    });
  });

  it('is told what would not be valid, by the field', async () => {
    await fresh('wrong');
    const negative = (seen: Manifest): Promise<Manifest | undefined> =>
      objects().send(patch(seen, [setTo('/spec/replicas', -1)]), sending(bench));
    await expect(untilSeen('wrong', negative)).rejects.toMatchObject({
      code: 'cluster.invalid',
      message: expect.stringContaining('spec.replicas'),
    });
    const immutable = (seen: Manifest): Promise<Manifest | undefined> =>
      objects().send(
        patch(seen, [
          { op: 'replace', path: '/spec/selector/matchLabels/app', value: 'other' },
          { op: 'replace', path: '/spec/template/metadata/labels/app', value: 'other' },
        ]),
        sending(bench),
      );
    await expect(untilSeen('wrong', immutable)).rejects.toMatchObject({
      code: 'cluster.invalid',
      message: expect.stringContaining('immutable'),
    });
    const label = (seen: Manifest): Promise<Manifest | undefined> =>
      objects().send(patch(seen, [{ op: 'add', path: '/metadata/labels/x', value: 'no spaces' }]), sending(bench));
    await expect(untilSeen('wrong', label)).rejects.toMatchObject({ code: 'cluster.invalid' });
  });

  if (setting.knowsFields) {
    it('is told which field a kind does not have', async () => {
      await fresh('odd');
      const unknown = (seen: Manifest): Promise<Manifest | undefined> =>
        objects().send(patch(seen, [{ op: 'add', path: '/spec/replica', value: 3 }]), sending(bench));
      await expect(untilSeen('odd', unknown)).rejects.toMatchObject({
        code: 'cluster.invalid',
        message: expect.stringContaining('unknown field "spec.replica"'),
      });
    });
  }
}

export function conformsInWriting(bench: ObjectsBench): void {
  conformsInCreating(bench);
  conformsInPatching(bench);
  conformsInWorkloads(bench);
}
