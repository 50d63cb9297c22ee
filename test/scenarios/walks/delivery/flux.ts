import { expect } from 'vitest';
import type { HostedRepository } from '../../../bed/delivery/git-host.ts';
import { ask } from '../../../contract/tools/delivery-scene.ts';
import { gitRepository, kustomization, kustomizationIn, repositoryIn } from '../../../contract/tools/flux-objects.ts';
import { causeIn, comesTrue } from '../walk-scene.ts';
import { image } from '../workloads.ts';
import { absentImage, repairs, rightFiles, wrongFiles } from './delivery-ground.ts';
import type { DeliveryGround, DeliveryWalk } from './delivery-ground.ts';

interface Kept {
  readonly namespace: string;
  readonly repository: HostedRepository;
  readonly cause: Awaited<ReturnType<typeof causeIn>>['cause'];
}

/** A namespace that Flux keeps as a repository of its own says, whose image no node has. */
async function keptIll({ scene, host }: DeliveryGround, interval = '1h'): Promise<Kept> {
  const namespace = await scene.namespace();
  const repository = await host.repository(namespace);
  await repository.commit(wrongFiles);
  const items = [gitRepository(namespace, repository.url), kustomization(namespace, interval, false)];
  await scene.hand.must(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return { namespace, repository, cause: (await causeIn(scene, namespace, absentImage)).cause };
}

async function imageIn({ scene }: DeliveryGround, namespace: string): Promise<string> {
  return await scene.hand.must([
    '-n',
    namespace,
    'get',
    'deployment',
    'web',
    '-o',
    'jsonpath={.spec.template.spec.containers[0].image}',
  ]);
}

const fetched: DeliveryWalk = async (ground) => {
  const { namespace, repository, cause } = await keptIll(ground);
  await repository.commit(rightFiles);
  await repairs(ground, namespace, { request: ask('flux-reconcile', repositoryIn(namespace)), cause });
  expect(await imageIn(ground, namespace)).toBe(image);
};

const heldBack: DeliveryWalk = async (ground) => {
  const { namespace, repository, cause } = await keptIll(ground);
  const suspended = await ground.scene.carryOut([ask('flux-suspend', kustomizationIn(namespace))]);
  expect(suspended.state, suspended.says).toBe('succeeded');
  await repository.commit(rightFiles);
  const seen = await ground.scene.carryOut([ask('flux-reconcile', repositoryIn(namespace))]);
  expect(seen.state, seen.says).toBe('succeeded');
  expect(await imageIn(ground, namespace), 'a suspended Kustomization applies nothing').not.toBe(image);
  await repairs(ground, namespace, { request: ask('flux-resume', kustomizationIn(namespace)), cause });
  expect(await imageIn(ground, namespace)).toBe(image);
};

const putBack: DeliveryWalk = async (ground) => {
  const { namespace, cause } = await keptIll(ground, '2s');
  const { hand } = ground.scene;
  const patch = JSON.stringify([{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: image }]);
  const repair = async (): Promise<void> => {
    await hand.must(['-n', namespace, 'patch', 'deployment', 'web', '--type=json', '-p', patch]);
  };
  await repair();
  await comesTrue('Flux has put it back', async () => (await imageIn(ground, namespace)) !== image);
  const ending = repairs(ground, namespace, { request: ask('flux-suspend', kustomizationIn(namespace)), cause });
  const kind = 'kustomizations.kustomize.toolkit.fluxcd.io';
  await comesTrue('Flux is suspended', async () => {
    const told = await hand.run(['-n', namespace, 'get', kind, 'web', '-o', 'jsonpath={.spec.suspend}']);
    return told.output === 'true';
  });
  // What Flux had begun before it was suspended may come behind the first repair.
  await comesTrue('the repair is there', async () => {
    await repair();
    return (await imageIn(ground, namespace)) === image;
  });
  await ending;
  expect(await imageIn(ground, namespace)).toBe(image);
};

export const fluxWalks: Readonly<Record<string, DeliveryWalk>> = {
  'flux-reconcile: an image that was mended in Git is fetched and applied, and its pods run': fetched,
  'flux-resume: an image that was mended in Git reaches the cluster again, and its pods run': heldBack,
  'flux-suspend: a repair that Flux puts back again and again stays, and its pods run': putBack,
};
