import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { actionScene } from '../../testing/action-scene.ts';
import { named, object } from '../../testing/objects.ts';

const target = named('keda.sh/v1alpha1', 'ScaledObject', 'web');
const finalizer = 'finalizer.keda.sh';
const asked = { action: 'remove-finalizer', target, params: { finalizer }, from: 'person' as const };

function stuck(
  finalizers: readonly string[] = [finalizer],
  deletionTimestamp: string | undefined = '2026-01-01T11:00:00Z',
): Manifest {
  return object(
    target,
    { spec: {} },
    { finalizers, ...(deletionTimestamp === undefined ? {} : { deletionTimestamp, deletionGracePeriodSeconds: 0 }) },
  );
}
function operator(readyReplicas: number): Manifest {
  const labels = { app: 'keda-operator' };
  return object(named('apps/v1', 'Deployment', 'keda-operator', 'keda'), {
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'keda', image: 'keda:2' }] } },
    },
    status: { readyReplicas },
  });
}

describe('remove-finalizer', () => {
  it('removes the one that is named, and the object is gone', async () => {
    const scene = actionScene(stuck(), operator(0));
    const { planned, draft } = await scene.plan(asked);
    expect(planned.sentences.will).toBe(`Remove the finalizer ${finalizer} from ScaledObject shop/web.`);
    expect(planned.risk).toBe('high');
    expect(draft.notes).toEqual([
      'ScaledObject shop/web is then gone.',
      'No object of the cluster is seen that it guards.',
      'What its owner made outside of the cluster (load balancers, records, disks) is left there.',
      'It was for the KEDA operator, which does not run.',
    ]);
    await scene.send(planned.operations);
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'ScaledObject shop/web is gone.' });
  });

  it('leaves the others, and says what it guards', async () => {
    const owned = object(
      named('v1', 'ConfigMap', 'web-scaling'),
      { data: {} },
      { ownerReferences: [{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', name: 'web', uid: 'uid-web' }] },
    );
    const scene = actionScene(stuck(['example.com/other', finalizer]), owned);
    const { draft } = await scene.plan(asked);
    expect(draft.notes).toContain('ScaledObject shop/web stays for example.com/other.');
    expect(draft.notes).toContain('It guards, and nobody will clean up: ConfigMap shop/web-scaling.');
    const planned = await scene.carryOut(asked);
    expect((await scene.get(target)).metadata['finalizers']).toEqual(['example.com/other']);
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.alter(target, { metadata: stuck(['example.com/other', finalizer]).metadata });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('lists what Argo CD keeps by an Application', async () => {
    const application = named('argoproj.io/v1alpha1', 'Application', 'web', 'argocd');
    const own = 'resources-finalizer.argocd.argoproj.io';
    const present = object(
      application,
      { status: { resources: [{ kind: 'Deployment', namespace: 'shop', name: 'web' }] } },
      { finalizers: [own], deletionTimestamp: '2026-01-01T11:00:00Z' },
    );
    const { draft } = await actionScene(present).plan({ ...asked, target: application, params: { finalizer: own } });
    expect(draft.notes).toContain('It guards, and nobody will clean up: Deployment shop/web.');
  });

  it.each([
    [
      'while its owner runs',
      [stuck(), operator(1)],
      `${finalizer} is for the KEDA operator to remove, and Deployment keda/keda-operator runs.`,
    ],
    [
      'on what is not being deleted',
      [object(target, {}, { finalizers: [finalizer] })],
      'ScaledObject shop/web is not being deleted: its finalizer only waits to do its work.',
    ],
    [
      'on what was deleted just now',
      [stuck([finalizer], '2026-01-01T11:58:00Z')],
      'ScaledObject shop/web is being deleted for less than 5 minutes: who set the finalizer may be at work.',
    ],
    ['that is not there', [stuck(['example.com/other'])], `ScaledObject shop/web has no finalizer ${finalizer}.`],
    ['of what is gone', [], 'ScaledObject shop/web does not exist any more.'],
  ])('refuses one %s', async (_name, objects, sentence) => {
    expect(await actionScene(...objects).refusal(asked)).toBe(sentence);
  });

  it.each([
    ['Namespace', 'v1', 'kubernetes', ''],
    ['PersistentVolume', 'v1', 'kubernetes.io/pv-protection', ''],
    ['PersistentVolumeClaim', 'v1', 'kubernetes.io/pvc-protection', 'shop'],
    ['CustomResourceDefinition', 'apiextensions.k8s.io/v1', 'customresourcecleanup.apiextensions.k8s.io', ''],
  ])('never takes one from a %s', async (kind, apiVersion, own, namespace) => {
    const keeper = named(apiVersion, kind, 'web', namespace);
    const present = object(keeper, {}, { finalizers: [own], deletionTimestamp: '2026-01-01T11:00:00Z' });
    expect(await actionScene(present).refusal({ ...asked, target: keeper, params: { finalizer: own } })).toMatch(
      /^The finalizers of .* keep what it holds from being lost\.$/,
    );
  });

  it("refuses Kubernetes' own on any kind, and what no person asks for", async () => {
    const service = named('v1', 'Service', 'web');
    const own = 'service.kubernetes.io/load-balancer-cleanup';
    expect(await actionScene().refusal({ ...asked, target: service, params: { finalizer: own } })).toBe(
      `${own} is removed by Kubernetes itself when what it waits for is so.`,
    );
    expect(await actionScene(stuck()).refusal({ ...asked, from: 'agent' })).toBe(
      'That a finalizer may go has to come from a person.',
    );
  });
});
