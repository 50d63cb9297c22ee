import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { fieldAt, pointer } from '../../scarlet/patches/field-patch.ts';
import { textLeaves } from '../../scarlet/secrets/secret-texts.ts';
import { secretPlaces } from './secret-places.ts';

function manifest(parts: object, metadata: object = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', ...metadata }, ...parts };
}

function placesOf(object: Manifest): readonly string[] {
  return secretPlaces({ verb: 'create', object }, []).map(({ at }) => pointer(at));
}

function patchOf(...steps: readonly PatchStep[]): ClusterOperation {
  return {
    verb: 'patch',
    target: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web', uid: 'u', resourceVersion: '1' },
    subresource: '',
    steps: [...steps],
  };
}

const containers = (container: object): Manifest =>
  manifest({ spec: { containers: [{ name: 'app', image: 'web:1', ...container }] } });
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

describe('a text that looks like a secret is found', () => {
  const found: readonly (readonly [string, Manifest, string])[] = [
    [
      'in a variable, by its name',
      containers({
        env: [
          { name: 'A', value: 'x' },
          { name: 'DB_PASSWORD', value: 'hunter2' },
        ],
      }),
      '/object/spec/containers/0/env/1/value',
    ],
    [
      'in a variable, by itself',
      containers({ env: [{ name: 'URL', value: 'postgres://ann:hunter2@db' }] }),
      '/object/spec/containers/0/env/0/value',
    ],
    [
      'in an argument, behind its flag',
      containers({ args: ['serve', '--db-password', 'hunter2'] }),
      '/object/spec/containers/0/args/2',
    ],
    [
      'in an argument, with its flag',
      containers({ command: ['serve', '--db-password=hunter2'] }),
      '/object/spec/containers/0/command/1',
    ],
    [
      'in a header of a probe',
      containers({ livenessProbe: { httpGet: { httpHeaders: [{ name: 'Auth-Token', value: 'hunter2' }] } } }),
      '/object/spec/containers/0/livenessProbe/httpGet/httpHeaders/0/value',
    ],
    [
      'in an annotation',
      manifest({}, { annotations: { 'example.com/token': 'hunter2' } }),
      '/object/metadata/annotations/example.com~1token',
    ],
    [
      'in what was applied last',
      manifest(
        {},
        {
          annotations: {
            [lastApplied]: JSON.stringify(containers({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] })),
          },
        },
      ),
      `/object/metadata/annotations/${lastApplied.replace('/', '~1')}`,
    ],
    [
      'in a settings file in JSON',
      manifest({ data: { 'app.json': '{"db": {"password": "hunter2"}}' } }),
      '/object/data/app.json',
    ],
    [
      'under any key of a ConfigMap',
      manifest({ data: { key: 'ghp_0123456789012345678901234567890123456' } }),
      '/object/data/key',
    ],
    [
      'in a Helm value of a custom object',
      manifest({ spec: { source: { helm: { parameters: [{ name: 'auth.adminPassword', value: 'hunter2' }] } } } }),
      '/object/spec/source/helm/parameters/0/value',
    ],
  ];
  it.each(found)('%s', (_where, object, at) => {
    expect(placesOf(object)).toEqual([at]);
  });
});

describe('what names something is left readable', () => {
  it.each([
    [
      'the Secret and the key that a variable refers to',
      containers({
        env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db-password', key: 'password' } } }],
      }),
    ],
    [
      'an account, an image, a path',
      manifest({
        spec: {
          serviceAccountName: 'token-reader',
          containers: [
            {
              name: 'password-sync',
              image: 'shop/token:1',
              volumeMounts: [{ name: 'secret', mountPath: '/run/secrets/password' }],
            },
          ],
        },
      }),
    ],
    [
      'a role and what it allows',
      {
        ...manifest({ rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] }),
        kind: 'Role',
      } as Manifest,
    ],
    [
      'a number and a switch',
      containers({
        env: [
          { name: 'MAX_TOKENS', value: '4096' },
          { name: 'USE_TOKEN', value: 'true' },
          { name: 'PASSWORD', value: '$(FROM_SECRET)' },
        ],
      }),
    ],
  ])('%s', (_what, object) => {
    expect(placesOf(object)).toEqual([]);
  });
});

describe('a patch', () => {
  const env = '/spec/containers/0/env';
  const now = containers({ env: [{ name: 'MODE', value: 'hunter2' }], args: ['--token', 'a'] });
  const then = containers({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] });

  it('is judged by what the entry is called, before or afterwards', () => {
    const patch = patchOf({ op: 'replace', path: `${env}/0/value`, value: 'hunter2' });
    expect(secretPlaces(patch, [now])).toEqual([]);
    for (const views of [
      [now, then],
      [then, now],
    ]) {
      expect(secretPlaces(patch, views)).toMatchObject([{ at: ['steps', 0, 'value'], value: 'hunter2' }]);
    }
  });

  it('is judged by the flag before an argument', () => {
    expect(
      secretPlaces(patchOf({ op: 'replace', path: '/spec/containers/0/args/1', value: 'b' }), [now]),
    ).toMatchObject([{ path: ['spec', 'containers', '0', 'args', '1'] }]);
  });

  it('is judged by what it sets itself, and by what it tests', () => {
    const entry = { name: 'DB_PASSWORD', value: 'hunter2' };
    expect(
      secretPlaces(
        patchOf(
          { op: 'add', path: `${env}/-`, value: entry },
          { op: 'test', path: `${env}/0`, value: entry },
          { op: 'remove', path: `${env}/0` },
        ),
        [],
      ).map(({ at }) => pointer(at)),
    ).toEqual(['/steps/0/value/value', '/steps/1/value/value']);
  });
});

it('every text is found, however deep, and where it is said to be', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      textLeaves(value).every((leaf) => fieldAt({ root: value }, ['root', ...leaf.path]) === leaf.value),
    ),
  );
  let deep: unknown = 'bottom';
  for (let n = 0; n < 20_000; n += 1) deep = [deep];
  expect(textLeaves(deep)).toHaveLength(1);
});
