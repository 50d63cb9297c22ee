import { afterAll, beforeAll, expect, it } from 'vitest';
import { refByName } from '../../../packages/domain/src/object-ref.ts';
import { ARGOCD_NAMESPACE, startArgoCd } from '../../bed/delivery/argocd.ts';
import { startGitHost } from '../../bed/delivery/git-host.ts';
import type { GitHost, HostedRepository } from '../../bed/delivery/git-host.ts';
import { comesTrue } from '../../scenarios/walks/walk-scene.ts';
import { application, applicationFor, syncByHand } from './argo-objects.ts';
import { ask, deliveryScene } from './delivery-scene.ts';
import type { DeliveryScene } from './delivery-scene.ts';
import { manifests, unschedulable } from './flux-objects.ts';

let scene: DeliveryScene;
let host: GitHost;

beforeAll(async () => {
  host = await startGitHost();
  scene = await deliveryScene();
  await startArgoCd(scene.bed);
});

afterAll(async () => {
  await scene?.close();
  await host?.close();
});

const web = (namespace: string) => refByName('Deployment', namespace, 'web');
const tagIn = async (namespace: string): Promise<string | undefined> =>
  (await scene.read(refByName('ConfigMap', namespace, 'web'))).data['tag'];

type Files = Readonly<Record<string, string>>;

interface Status {
  readonly operationState?: { readonly phase: string };
  readonly sync?: { readonly status?: string; readonly revision?: string };
  readonly history?: readonly { readonly id: number; readonly revision: string }[];
}

async function statusOf(namespace: string): Promise<Status> {
  return (await scene.read(applicationFor(namespace))).status;
}

/** A namespace whose Application takes it from a repository of its own, and is looked at when somebody asks for it. */
async function kept(
  namespace: string,
  { syncPolicy, files = manifests('1') }: { readonly syncPolicy?: object; readonly files?: Files } = {},
): Promise<HostedRepository> {
  const repository = await host.repository(namespace);
  await repository.commit(files);
  await scene.hand.createNamespaces([namespace]);
  await scene.hand.must(['apply', '-f', '-'], JSON.stringify(application(namespace, repository.url, syncPolicy)));
  await comesTrue('Argo CD has looked', async () => (await statusOf(namespace)).sync?.status !== undefined);
  return repository;
}

async function synced(namespace: string): Promise<HostedRepository> {
  const repository = await kept(namespace);
  const change = await scene.carryOut(ask('argocd-sync', applicationFor(namespace)));
  expect(change.state, change.says).toBe('succeeded');
  return repository;
}

it('argocd-refresh and argocd-sync: what was committed is seen, and applied when it is asked for', async () => {
  const repository = await synced('committed');
  expect(await tagIn('committed')).toBe('1');
  const commit = await repository.commit(manifests('2'));
  const refreshed = await scene.carryOut(ask('argocd-refresh', applicationFor('committed')));
  expect(refreshed.state, refreshed.says).toBe('succeeded');
  expect((await statusOf('committed')).sync).toMatchObject({ status: 'OutOfSync', revision: commit });
  expect(await tagIn('committed')).toBe('1');
  const change = await scene.carryOut(ask('argocd-sync', applicationFor('committed')));
  expect(change.state, change.says).toBe('succeeded');
  expect(await tagIn('committed')).toBe('2');
  await expect(scene.agent.propose([ask('argocd-sync', applicationFor('committed'))])).rejects.toThrow(
    'is in sync with Git already',
  );
});

it('argocd-refresh: what was mended in Git is seen when it is asked for, and its finding goes', async () => {
  const repository = await kept('mended', { files: { 'README.md': 'There is nothing yet.' } });
  const cause = await scene.caused('argo-cd.application.comparison-error', applicationFor('mended'));
  await repository.commit(manifests('1'));
  const refreshed = await scene.carryOut(ask('argocd-refresh', applicationFor('mended')), cause);
  expect(refreshed.state, refreshed.says).toBe('succeeded');
  expect(refreshed.says).toContain(`"${cause.title}" on`);
  expect((await statusOf('mended')).sync).toMatchObject({ status: 'OutOfSync' });
});

it('argocd-sync: what was mended in Git is deployed, and its finding goes', async () => {
  const repository = await synced('late');
  await repository.commit({ ...manifests('2'), ...unschedulable });
  await scene.carryOut(ask('argocd-refresh', applicationFor('late')));
  await syncByHand(scene.hand, 'late');
  const cause = await scene.caused('argo-cd.application.degraded', applicationFor('late'));
  await repository.commit(manifests('3'));
  await scene.carryOut(ask('argocd-refresh', applicationFor('late')));
  const change = await scene.carryOut(ask('argocd-sync', applicationFor('late')), cause);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  expect(await tagIn('late')).toBe('3');
});

it('argocd-rollback: a deployment that does not become healthy gives way to the one before, and its finding goes', async () => {
  const repository = await synced('ill');
  const [healthy] = (await statusOf('ill')).history ?? [];
  await repository.commit({ ...manifests('2'), ...unschedulable });
  await scene.carryOut(ask('argocd-refresh', applicationFor('ill')));
  await syncByHand(scene.hand, 'ill');
  const cause = await scene.caused('argo-cd.application.degraded', applicationFor('ill'));
  const change = await scene.carryOut(ask('argocd-rollback', applicationFor('ill'), { id: healthy?.id ?? -1 }), cause);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  expect(await tagIn('ill')).toBe('1');
});

it('argocd-rollback: an earlier deployment is there again, and the later one after it is taken back', async () => {
  const repository = await synced('returned');
  await repository.commit(manifests('2'));
  await scene.carryOut(ask('argocd-refresh', applicationFor('returned')));
  await scene.carryOut(ask('argocd-sync', applicationFor('returned')));
  const [first] = (await statusOf('returned')).history ?? [];
  const change = await scene.carryOut(ask('argocd-rollback', applicationFor('returned'), { id: first?.id ?? -1 }));
  expect(change.state, change.says).toBe('succeeded');
  expect(await tagIn('returned')).toBe('1');
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  await comesTrue('the later one is there again', async () => (await tagIn('returned')) === '2');
});

it('an Application that syncs by itself is not rolled back: it would go back at once', async () => {
  await kept('by-itself', { syncPolicy: { automated: { selfHeal: true } } });
  await comesTrue('it has synced', async () => ((await statusOf('by-itself')).history ?? []).length > 0);
  await expect(scene.agent.propose([ask('argocd-rollback', applicationFor('by-itself'), { id: 0 })])).rejects.toThrow(
    'syncs by itself',
  );
});

it('what it applied is not patched behind its back, and where it is from is told', async () => {
  const { url } = await synced('applied');
  await expect(scene.agent.propose([ask('scale', web('applied'), { replicas: 3 })])).rejects.toMatchObject({
    message: expect.stringContaining('Argo CD (applied) keeps Deployment applied/web'),
    remedy: expect.stringContaining(url),
  });
});

// The last: every Application lies in one namespace, so what is wrong with one counts against a change of another.
it('a sync that the server refuses is found, and as a change told in the words of Argo CD and taken back', async () => {
  const repository = await synced('refused');
  await repository.commit({
    'web/configuration.yaml': JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'Not A Name' },
      data: {},
    }),
  });
  await scene.carryOut(ask('argocd-refresh', applicationFor('refused')));
  await syncByHand(scene.hand, 'refused');
  await comesTrue('what somebody else asked for is found', async () =>
    (await scene.causes(ARGOCD_NAMESPACE)).some(
      ({ code, object }) => code === 'argo-cd.application.sync-failed' && object.name === 'refused',
    ),
  );
  const change = await scene.carryOut(ask('argocd-sync', applicationFor('refused')));
  expect(change.state, change.says).toBe('undone');
  expect(change.says).toContain('one or more objects failed to apply');
  await comesTrue(
    'the former revision is deployed',
    async () => (await statusOf('refused')).operationState?.phase === 'Succeeded',
  );
});
