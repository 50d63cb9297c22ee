import { describe, expect, it } from 'vitest';
import type { RawObject } from '../recording.ts';
import { StatusError } from '../serving/status.ts';
import { fieldsOf, pathText } from './field-paths.ts';
import { ownersAfterUpdate, ownersOf, withOwners } from './managed-fields.ts';
import { applyServerSide } from './server-side-apply.ts';

const writer = (manager: string): { manager: string; subresource: string; time: string } => ({
  manager,
  subresource: '',
  time: '2026-01-01T00:00:00Z',
});

function deployment(spec: Readonly<Record<string, unknown>>): RawObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec };
}

function containers(...list: readonly object[]): Readonly<Record<string, unknown>> {
  return { template: { spec: { containers: list } } };
}

const app = { name: 'app', image: 'web:1', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }] };

function by(manager: string, object: RawObject, live?: RawObject): RawObject {
  return live === undefined
    ? withOwners(object, ownersAfterUpdate(undefined, object, writer(manager)))
    : withOwners(object, ownersAfterUpdate(live, object, writer(manager)));
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof StatusError) return error.status.message;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('fields', () => {
  it('are named by keys in lists that have them', () => {
    const said = [...fieldsOf(deployment(containers(app))).keys()].map(pathText);
    expect(said).toContain('.spec.template.spec.containers[name="app"].image');
    expect(said).toContain(
      '.spec.template.spec.containers[name="app"].ports[containerPort=53,protocol="UDP"].containerPort',
    );
    expect(said).toContain(
      '.spec.template.spec.containers[name="app"].ports[containerPort=80,protocol="TCP"].containerPort',
    );
  });

  it('are written and read as the API server keeps them', () => {
    const fieldsV1 = {
      'f:spec': {
        'f:template': {
          'f:spec': { 'f:containers': { 'k:{"name":"app"}': { '.': {}, 'f:image': {}, 'f:name': {} } } },
        },
      },
    };
    const object: RawObject = {
      ...deployment({}),
      metadata: {
        name: 'web',
        managedFields: [
          {
            manager: 'kubectl',
            operation: 'Apply',
            apiVersion: 'apps/v1',
            time: '2026-01-01T00:00:00Z',
            fieldsType: 'FieldsV1',
            fieldsV1,
          },
        ],
      },
    };
    expect(withOwners(object, ownersOf(object))).toEqual(object);
  });

  it('belong to whoever changed them last', () => {
    const live = by('ann', deployment({ replicas: 1, paused: false }));
    const owners = ownersOf(by('bob', deployment({ replicas: 2, paused: false }), live));
    expect(owners.map(({ manager, paths }) => [manager, [...paths].map(pathText)])).toEqual([
      ['ann', ['.spec.paused']],
      ['bob', ['.spec.replicas']],
    ]);
  });
});

describe('an apply', () => {
  const live = by('kubectl', deployment({ replicas: 3, ...containers(app) }));

  it('adds to what is there, by the keys of its lists', () => {
    const { spec } = applyServerSide(live, {
      applied: deployment(containers({ name: 'proxy', image: 'envoy:1' })),
      writer: writer('us'),
      force: false,
    });
    expect(spec).toEqual({ replicas: 3, ...containers(app, { name: 'proxy', image: 'envoy:1' }) });
  });

  it('may say again what is so, and shares it then', () => {
    const shared = applyServerSide(live, { applied: deployment({ replicas: 3 }), writer: writer('us'), force: false });
    expect(
      ownersOf(shared)
        .filter(({ paths }) => [...paths].map(pathText).includes('.spec.replicas'))
        .map(({ manager }) => manager),
    ).toEqual(['kubectl', 'us']);
  });

  it('does not take what another owns, unless by force', () => {
    const apply = {
      applied: deployment({ replicas: 5, ...containers({ name: 'app', image: 'web:2' }) }),
      writer: writer('us'),
    };
    expect(refusal(() => applyServerSide(live, { ...apply, force: false }))).toBe(
      'Apply failed with 2 conflicts: conflicts with "kubectl" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="app"].image',
    );
    const taken = applyServerSide(live, { ...apply, force: true });
    expect(taken['spec']).toEqual({ replicas: 5, ...containers({ ...app, image: 'web:2' }) });
    expect(
      refusal(() =>
        applyServerSide(taken, { applied: deployment({ replicas: 6 }), writer: writer('third'), force: false }),
      ),
    ).toBe('Apply failed with 1 conflict: conflict with "us" using apps/v1: .spec.replicas');
  });

  it('takes away what it no longer says, but nothing that another owns too', () => {
    const mine = applyServerSide(live, {
      applied: deployment({ replicas: 3, paused: true, ...containers({ name: 'proxy', image: 'envoy:1' }) }),
      writer: writer('us'),
      force: false,
    });
    const less = applyServerSide(mine, {
      applied: deployment({ minReadySeconds: 1 }),
      writer: writer('us'),
      force: false,
    });
    expect(less['spec']).toEqual({ replicas: 3, minReadySeconds: 1, ...containers(app) });
  });

  it('meets whoever wrote before anybody kept account', () => {
    expect(
      refusal(() =>
        applyServerSide(deployment({ replicas: 3 }), {
          applied: deployment({ replicas: 5 }),
          writer: writer('us'),
          force: false,
        }),
      ),
    ).toContain('"before-first-apply"');
  });

  it('leaves what a map holds when it says that the map is there', () => {
    expect(
      applyServerSide(live, { applied: deployment({ template: {} }), writer: writer('us'), force: false })['spec'],
    ).toEqual(live['spec']);
  });
});
