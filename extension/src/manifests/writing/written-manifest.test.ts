import { expect, it } from 'vitest';
import { actions } from '@autodevops/agent-core/scarlet/actions';
import { applyRequest, canApply } from './written-manifest.ts';

const web = {
  apiVersion: 'v1',
  kind: 'Service',
  namespace: 'shop',
  name: 'web',
  value: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', labels: { a: 'b' }, annotations: {}, uid: '1', managedFields: [] },
    spec: { ports: [] },
    status: {},
  },
};
const action = actions.find(({ name }) => name === 'apply-manifest');

it('asks for what the file says, in its namespace, without what only a server writes', () => {
  const request = applyRequest(web, 'uid-1');
  expect(request).toEqual({
    action: 'apply-manifest',
    target: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'uid-1' },
    params: {
      manifest: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' } },
        spec: { ports: [] },
      },
    },
  });
  expect(action?.params.safeParse(request.params).success).toBe(true);
});

it('offers exactly the kinds that the action takes', () => {
  expect(action?.kinds.every(canApply)).toBe(true);
  for (const kind of ['Secret', 'Role', 'ClusterRoleBinding', 'Namespace', 'Pod', 'ValidatingWebhookConfiguration']) {
    expect(canApply(kind)).toBe(false);
    expect(action?.kinds).not.toContain(kind);
  }
  expect(() => applyRequest({ ...web, kind: 'Secret' }, '')).toThrow('A Secret is not applied from here.');
});
