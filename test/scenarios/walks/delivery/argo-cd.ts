import { expect } from 'vitest';
import type { Cause } from '../../../../packages/domain/src/diagnosis.ts';
import { ARGOCD_NAMESPACE } from '../../../bed/delivery/argocd.ts';
import type { HostedRepository } from '../../../bed/delivery/git-host.ts';
import { application, applicationFor, syncByHand } from '../../../contract/tools/argo-objects.ts';
import { ask } from '../../../contract/tools/delivery-scene.ts';
import { causeIn, comesTrue } from '../walk-scene.ts';
import { repairs, rightFiles, wrongFiles } from './delivery-ground.ts';
import type { DeliveryGround, DeliveryWalk, Files } from './delivery-ground.ts';

interface Status {
  readonly sync?: { readonly status?: string };
  readonly health?: { readonly status?: string };
  readonly history?: readonly { readonly id: number }[];
}

async function statusOf({ scene }: DeliveryGround, namespace: string): Promise<Status> {
  const { output } = await scene.hand.run([
    '-n',
    ARGOCD_NAMESPACE,
    'get',
    'applications.argoproj.io',
    namespace,
    '-o',
    'jsonpath={.status}',
  ]);
  return output.startsWith('{') ? (JSON.parse(output) as Status) : {};
}

/** A namespace whose Application takes it from a repository of its own, and is looked at when somebody asks for it. */
async function kept(
  ground: DeliveryGround,
  files: Files,
): Promise<{ readonly namespace: string; readonly repository: HostedRepository }> {
  const { scene, host } = ground;
  const namespace = await scene.namespace();
  const repository = await host.repository(namespace);
  await repository.commit(files);
  await scene.hand.must(['apply', '-f', '-'], JSON.stringify(application(namespace, repository.url)));
  await comesTrue('Argo CD has looked', async () => (await statusOf(ground, namespace)).sync?.status !== undefined);
  return { namespace, repository };
}

/** All Applications lie in one namespace, so what is wrong with one would count against a change of another. */
async function removed({ scene }: DeliveryGround, namespace: string): Promise<void> {
  await scene.hand.must(['-n', ARGOCD_NAMESPACE, 'delete', 'applications.argoproj.io', namespace]);
}

async function refreshed({ scene }: DeliveryGround, namespace: string): Promise<void> {
  const change = await scene.carryOut([ask('argocd-refresh', applicationFor(namespace))]);
  expect(change.state, change.says).toBe('succeeded');
}

/** Argo CD tells of the pods that do not run; a finding on these alone would be no evidence for what lies in its namespace. */
async function degraded({ scene }: DeliveryGround): Promise<Cause> {
  return (await causeIn(scene, ARGOCD_NAMESPACE, 'argo-cd.application.degraded')).cause;
}

/** What nobody could compare with the cluster. */
const compared: DeliveryWalk = async (ground) => {
  const { namespace, repository } = await kept(ground, { 'README.md': 'There is nothing yet.' });
  const { cause } = await causeIn(ground.scene, ARGOCD_NAMESPACE, 'argo-cd.application.comparison-error');
  await repository.commit(rightFiles);
  await repairs(ground, namespace, { request: ask('argocd-refresh', applicationFor(namespace)), cause });
  expect((await statusOf(ground, namespace)).sync?.status).toBe('OutOfSync');
  await removed(ground, namespace);
};

const deployed: DeliveryWalk = async (ground) => {
  const { namespace, repository } = await kept(ground, wrongFiles);
  await syncByHand(ground.scene.hand, namespace);
  const cause = await degraded(ground);
  await repository.commit(rightFiles);
  await refreshed(ground, namespace);
  await repairs(ground, namespace, { request: ask('argocd-sync', applicationFor(namespace)), cause });
  expect(await statusOf(ground, namespace)).toMatchObject({
    sync: { status: 'Synced' },
    health: { status: 'Healthy' },
  });
  await removed(ground, namespace);
};

const rolledBack: DeliveryWalk = async (ground) => {
  const { namespace, repository } = await kept(ground, rightFiles);
  const first = await ground.scene.carryOut([ask('argocd-sync', applicationFor(namespace))]);
  expect(first.state, first.says).toBe('succeeded');
  const [healthy] = (await statusOf(ground, namespace)).history ?? [];
  await repository.commit(wrongFiles);
  await refreshed(ground, namespace);
  await syncByHand(ground.scene.hand, namespace);
  const cause = await degraded(ground);
  const request = ask('argocd-rollback', applicationFor(namespace), { id: healthy?.id ?? -1 });
  await repairs(ground, namespace, { request, cause });
  await removed(ground, namespace);
};

export const argoWalks: Readonly<Record<string, DeliveryWalk>> = {
  'argocd-refresh: what was mended in Git is seen, and its finding goes': compared,
  'argocd-sync: an image that was mended in Git is deployed, and its pods run': deployed,
  'argocd-rollback: a deployment whose image no node has gives way to the one before, and its pods run': rolledBack,
};
