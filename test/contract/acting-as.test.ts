import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../agent-core/src/jamie/diagnose.ts';
import { openCluster } from '../../packages/kube/src/reader/cluster-reader.ts';
import type { ClusterReader } from '../../packages/domain/src/ports/cluster.ts';
import type { Diagnosis } from '../../packages/domain/src/diagnosis.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';

const namespace = 'acting-as';
let bed: Bed;
let hand: ClusterHand;

beforeAll(async () => {
  bed = await startControlPlane();
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.createNamespaces([namespace]);
  await hand.must(['-n', namespace, 'create', 'deployment', 'web', '--image=web:1', '--replicas=0']);
  await hand.must([
    '-n',
    namespace,
    'create',
    'role',
    'reader',
    '--verb=get,list,watch',
    '--resource=pods,deployments,services',
  ]);
  await hand.must(['-n', namespace, 'create', 'rolebinding', 'reader-of-jane', '--role=reader', '--user=jane']);
  await hand.must(['-n', namespace, 'create', 'rolebinding', 'reader-of-shop', '--role=reader', '--group=shop']);
  await hand.must(['-n', namespace, 'create', 'serviceaccount', 'plain']);
});

afterAll(async () => {
  await bed?.stop();
});

async function lookedAt(open: () => Promise<ClusterReader>): Promise<Diagnosis> {
  const reader = await open();
  try {
    return await diagnose(reader, { namespaces: [namespace] }, { signal: AbortSignal.timeout(60_000) });
  } finally {
    await reader.close();
  }
}

describe('acting as somebody else', () => {
  it('sees what that user may see, and names what they may not, with the rule that would lift it', async () => {
    const { blindSpots } = await lookedAt(() => openCluster({ kubeconfig: bed.kubeconfigPath, as: 'jane' }));
    const kinds = blindSpots.flatMap(({ what }) => what.split(/, | and | in /));
    expect(kinds).toEqual(expect.arrayContaining(['Events', 'ReplicaSets', 'Secrets', 'logs']));
    for (const seen of ['Pods', 'Deployments', 'Services']) expect(kinds).not.toContain(seen);
    expect(blindSpots.find(({ what }) => what.startsWith('Secrets'))).toMatchObject({
      why: '"jane" may not list them.',
      remedy: expect.stringContaining('resources: ["secrets"]') as unknown,
    });
  });

  it('sees what a group may see', async () => {
    const reader = await openCluster({ kubeconfig: bed.kubeconfigPath, as: 'somebody', asGroup: ['shop'] });
    try {
      const snapshot = await reader.snapshot(
        { kinds: ['Deployment'], custom: false, namespaces: [namespace] },
        { signal: AbortSignal.timeout(60_000) },
      );
      expect(snapshot.listIn('Deployment', namespace).map(({ metadata }) => metadata.name)).toEqual(['web']);
    } finally {
      await reader.close();
    }
  });

  it('sees nothing of it without a role', async () => {
    const reader = await openCluster({ kubeconfig: bed.kubeconfigPath, as: 'nobody' });
    try {
      const snapshot = await reader.snapshot(
        { kinds: ['Deployment', 'Pod'], custom: false, namespaces: [namespace] },
        { signal: AbortSignal.timeout(60_000) },
      );
      expect([snapshot.coverage('Deployment', namespace), snapshot.coverage('Pod', namespace)]).toEqual([
        'none',
        'none',
      ]);
    } finally {
      await reader.close();
    }
  });

  it('is told to who may not impersonate', async () => {
    const kubeconfig = await bed.serviceAccountKubeconfig(namespace, 'plain');
    await expect(lookedAt(() => openCluster({ kubeconfig, as: 'jane' }))).rejects.toMatchObject({
      code: 'cluster.unauthorized',
      message: expect.stringContaining('does not let you act as "jane"') as unknown,
    });
  });
});
