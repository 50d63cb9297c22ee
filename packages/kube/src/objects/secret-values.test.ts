import { describe, expect, it } from 'vitest';
import type { ClusterOperation } from '@autodevops/domain/change/operation';
import { refuseSecretValues, withoutSecretValues } from './secret-values.ts';

const target = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'login', uid: 'u', resourceVersion: '1' };
const lastApplied = '/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration';

function patch(path: string, op: 'test' | 'replace' = 'replace', kind = 'Secret'): ClusterOperation {
  return { verb: 'patch', target: { ...target, kind }, subresource: '', steps: [{ op, path, value: 'x' }] };
}

describe('an operation on a Secret', () => {
  it.each([
    ['writes a value', patch('/data/password')],
    ['tests a value, and so finds it out', patch('/data/password', 'test')],
    ['writes all of them', patch('/data')],
    ['writes the copy that kubectl keeps', patch(lastApplied)],
    ['tests the copy that kubectl keeps', patch(lastApplied, 'test')],
    ['replaces its metadata whole', patch('/metadata')],
    [
      'makes one',
      {
        verb: 'create',
        object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', namespace: 'shop' } },
      } satisfies ClusterOperation,
    ],
  ])('is refused where it %s', (_what, operation) => {
    expect(() => refuseSecretValues(operation)).toThrow(expect.objectContaining({ code: 'change.refused' }));
  });

  it('may change its labels and annotations', () => {
    for (const path of ['/metadata/labels/team', '/metadata/annotations/note']) {
      expect(() => refuseSecretValues(patch(path))).not.toThrow();
    }
  });

  it('of another kind is not meant', () => {
    expect(() => refuseSecretValues(patch('/data/password', 'replace', 'ConfigMap'))).not.toThrow();
  });
});

it('a Secret that is read has its keys, and neither its values nor the copy of kubectl', () => {
  const annotations = {
    note: 'x',
    'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"aHVudGVyMg=="}}',
  };
  const read = withoutSecretValues({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'shop', annotations },
    data: { password: 'aHVudGVyMg==' },
    stringData: { user: 'ann' },
  });
  expect(read).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'login', namespace: 'shop', annotations: { note: 'x' } },
    data: { password: '' },
    stringData: { user: '' },
  });
});
