import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSelf } from '../../agent-core/src/changes/self/find-self.ts';
import { refKey } from '../../packages/domain/src/object-ref.ts';
import type { ClusterOperation } from '../../packages/domain/src/change/operation.ts';
import { targetOf } from '../../packages/domain/src/ports/cluster-objects.ts';
import { openClusterObjects } from '../../packages/kube/src/objects/cluster-objects.ts';
import { clusterObjectsConformance } from '../../packages/testkit/src/cluster/objects/cluster-objects-conformance.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';

let bed: Bed;
let hand: ClusterHand;

beforeAll(async () => {
  bed = await startControlPlane();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
});

afterAll(async () => {
  await bed?.stop();
});

clusterObjectsConformance('a control plane', {
  open: () => openClusterObjects({ kubeconfig: bed.kubeconfigPath }),
  put: async (object) => void (await hand.must(['create', '-f', '-'], JSON.stringify(object))),
  setStatus: async ({ kind, apiVersion, namespace, name }, status) => {
    const [group] = apiVersion.includes('/') ? apiVersion.split('/') : [''];
    await hand.must([
      '-n',
      namespace,
      'patch',
      group === '' ? kind : `${kind}.${group}`,
      name,
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify({ status }),
    ]);
  },
  knowsFields: true,
});

const roles = fileURLToPath(new URL('../../deploy/rbac/', import.meta.url));

it('a ServiceAccount with a role of deploy/rbac can do what the role is for, where it is bound, and nothing else', async () => {
  const namespace = 'role-trial';
  await hand.createNamespaces([namespace]);
  await hand.must(['apply', '-f', `${roles}jamie-read-only.yaml`, '-f', `${roles}scarlet.yaml`]);
  await hand.must(['-n', namespace, 'create', 'serviceaccount', 'agent']);
  for (const role of ['autodevops-jamie-read-only', 'autodevops-scarlet-workloads']) {
    await hand.must([
      '-n',
      namespace,
      'create',
      'rolebinding',
      role,
      `--clusterrole=${role}`,
      `--serviceaccount=${namespace}:agent`,
    ]);
  }
  await hand.must(['-n', namespace, 'create', 'deployment', 'web', '--image=web:1', '--replicas=0']);
  const objects = await openClusterObjects({ kubeconfig: await bed.serviceAccountKubeconfig(namespace, 'agent') });
  try {
    const signal = AbortSignal.timeout(60_000);
    const sending = { dryRun: true, changeId: 'chg-000000000001', signal };
    const web = await objects.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' }, { signal });
    if (web === undefined) throw new Error('it is not there');
    const scale: ClusterOperation = {
      verb: 'patch',
      target: targetOf(web),
      subresource: '',
      steps: [{ op: 'add', path: '/spec/replicas', value: 1 }],
    };
    expect(await objects.send(scale, sending)).toMatchObject({ spec: { replicas: 1 } });
    await expect(
      objects.send({ verb: 'delete', target: targetOf(web), propagation: 'Background' }, sending),
    ).rejects.toMatchObject({ code: 'cluster.forbidden' });
    // It may not see which bindings there are elsewhere, so it does not claim to know its own.
    const outside = { inCluster: false, namespace: '', pod: '' };
    expect(await findSelf(outside, objects, signal)).toEqual({
      namespace: '',
      user: `system:serviceaccount:${namespace}:agent`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    });
    await hand.must([
      'create',
      'clusterrolebinding',
      'role-trial',
      '--clusterrole=autodevops-jamie-read-only',
      `--serviceaccount=${namespace}:agent`,
    ]);
    const own = (await findSelf(outside, objects, signal)).objects?.map(refKey);
    expect(own).toEqual(
      expect.arrayContaining([
        'ClusterRoleBinding//role-trial',
        `RoleBinding/${namespace}/autodevops-scarlet-workloads`,
        'ClusterRole//autodevops-scarlet-workloads',
        'ClusterRole//autodevops-scarlet-nodes',
        'ClusterRole//system:basic-user',
      ]),
    );
    expect(own).not.toContain('ClusterRole//cluster-admin');
    await expect(
      objects.get({ apiVersion: 'v1', kind: 'Secret', namespace, name: 'any' }, { signal }),
    ).rejects.toMatchObject({ code: 'cluster.forbidden' });
    await expect(
      objects.send(
        {
          verb: 'create',
          object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'default' } },
        },
        sending,
      ),
    ).rejects.toMatchObject({ code: 'cluster.forbidden' });
  } finally {
    await objects.close();
  }
});
