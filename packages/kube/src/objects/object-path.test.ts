import { describe, expect, it } from 'vitest';
import { objectPath } from './object-path.ts';
import type { ServedKind } from './served-resources.ts';

const pods = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true } as ServedKind;
const nodes = { apiVersion: 'v1', kind: 'Node', plural: 'nodes', namespaced: false } as ServedKind;

describe('the path of an object', () => {
  it('names group, namespace, kind, object and subresource', () => {
    expect(objectPath(pods, { namespace: 'shop', name: 'web', subresource: 'eviction' })).toBe(
      '/api/v1/namespaces/shop/pods/web/eviction',
    );
    expect(objectPath(nodes, { namespace: '', name: 'node-1' })).toBe('/api/v1/nodes/node-1');
    expect(objectPath(pods, { namespace: '' })).toBe('/api/v1/pods');
  });

  it.each(['', '.', '..', '../secrets/x', 'a/b', 'a%2fb', 'x'.repeat(254)])(
    'takes no name "%s", which would lead elsewhere',
    (name) => {
      expect(() => objectPath(pods, { namespace: 'shop', name })).toThrow('is no name');
    },
  );

  it.each(['.', '..', '../..', 'a/b'])('takes no namespace "%s"', (namespace) => {
    expect(() => objectPath(pods, { namespace, name: 'web' })).toThrow('is no namespace');
  });

  it('has what belongs to a name as a part of it', () => {
    expect(objectPath(pods, { namespace: 'shop', name: 'web?watch=1#x' })).toBe(
      '/api/v1/namespaces/shop/pods/web%3Fwatch%3D1%23x',
    );
  });

  it('needs a namespace just where the kind has one', () => {
    expect(() => objectPath(pods, { namespace: '', name: 'web' })).toThrow('Pod web needs a namespace.');
    expect(() => objectPath(nodes, { namespace: 'shop', name: 'node-1' })).toThrow('Node node-1 has no namespace.');
  });
});
