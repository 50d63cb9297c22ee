import { expect, it } from 'vitest';
import { deploymentName, object } from '../testing/objects.ts';
import { formerApply } from './former-apply.ts';

const live = object(
  deploymentName,
  { spec: { replicas: 2, paused: false, strategy: { type: 'Recreate' } }, status: { replicas: 2 } },
  { labels: { app: 'web', tier: 'front' } },
);
const manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { tier: 'back', new: 'yes' } },
  spec: { replicas: 5, minReadySeconds: 10 },
};

it('what an apply changed gets its former value, and what it brought is given up', () => {
  expect(formerApply(manifest, live)).toEqual({
    verb: 'apply',
    force: false,
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels: { tier: 'front' } },
      spec: { replicas: 2 },
    },
  });
});

it('a value that is a list, or becomes something else, is put back whole', () => {
  const before = object(deploymentName, { spec: { args: ['a', 'b'], limit: { cpu: '1' } } });
  const after = { ...manifest, spec: { args: ['c'], limit: 'none' } };
  expect(formerApply(after, before).object['spec']).toEqual({ args: ['a', 'b'], limit: { cpu: '1' } });
});
