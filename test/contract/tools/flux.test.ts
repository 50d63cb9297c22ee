import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refByName } from '../../../packages/domain/src/object-ref.ts';
import { startFlux } from '../../bed/delivery/flux.ts';
import { startGitHost } from '../../bed/delivery/git-host.ts';
import type { GitHost, HostedRepository } from '../../bed/delivery/git-host.ts';
import { comesTrue } from '../../scenarios/walks/walk-scene.ts';
import { chartFiles } from './chart.ts';
import { ask, deliveryScene } from './delivery-scene.ts';
import type { DeliveryScene } from './delivery-scene.ts';
import {
  autoscaler,
  gitRepository,
  helmRelease,
  kustomization,
  kustomizationIn,
  manifests,
  releaseIn,
  repositoryIn,
} from './flux-objects.ts';

let scene: DeliveryScene;
let host: GitHost;

beforeAll(async () => {
  host = await startGitHost();
  scene = await deliveryScene();
  await startFlux(scene.bed);
});

afterAll(async () => {
  await scene?.close();
  await host?.close();
});

const web = (namespace: string) => refByName('Deployment', namespace, 'web');
const tagIn = async (namespace: string): Promise<string | undefined> =>
  (await scene.read(refByName('ConfigMap', namespace, 'web'))).data['tag'];

async function isReady(namespace: string, object: ReturnType<typeof repositoryIn>): Promise<boolean> {
  const { output } = await scene.hand.run([
    '-n',
    namespace,
    'get',
    object.kind,
    object.name,
    '-o',
    'jsonpath={.status.conditions[?(@.type=="Ready")].status}',
  ]);
  return output === 'True';
}

/** A namespace that Flux keeps as a repository of its own says, and has brought there once. */
async function kept(
  namespace: string,
  files: Readonly<Record<string, string>>,
  ...objects: readonly object[]
): Promise<HostedRepository> {
  const repository = await host.repository(namespace);
  await repository.commit(files);
  await scene.hand.createNamespaces([namespace]);
  await scene.hand.must(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [gitRepository(namespace, repository.url), ...objects] }),
  );
  return repository;
}

async function keptByKustomization(namespace: string): Promise<HostedRepository> {
  const repository = await kept(namespace, manifests('1'), kustomization(namespace));
  await comesTrue('Flux has applied the first commit', () => isReady(namespace, kustomizationIn(namespace)));
  return repository;
}

async function keptByRelease(namespace: string): Promise<HostedRepository> {
  const files = Object.fromEntries(
    Object.entries(chartFiles('1.0.0', '1')).map(([path, text]) => [`chart/${path}`, text]),
  );
  const repository = await kept(namespace, files, helmRelease(namespace));
  await comesTrue('Flux has installed the chart', () => isReady(namespace, releaseIn(namespace)));
  return repository;
}

describe.concurrent('a Kustomization', () => {
  it('flux-reconcile: what was committed is fetched, and applied', async () => {
    const repository = await keptByKustomization('committed');
    const commit = await repository.commit(manifests('2'));
    const fetched = await scene.carryOut(ask('flux-reconcile', repositoryIn('committed')));
    expect(fetched.state, fetched.says).toBe('succeeded');
    expect(JSON.stringify((await scene.read(repositoryIn('committed'))).status)).toContain(commit);
    const applied = await scene.carryOut(ask('flux-reconcile', kustomizationIn('committed')));
    expect(applied.state, applied.says).toBe('succeeded');
    expect(await tagIn('committed')).toBe('2');
  });

  it('flux-suspend and flux-resume: what was changed by hand stays, until Flux goes on', async () => {
    await keptByKustomization('by-hand');
    const suspended = await scene.carryOut(ask('flux-suspend', kustomizationIn('by-hand')));
    expect(suspended.state, suspended.says).toBe('succeeded');
    await expect(scene.agent.propose([ask('flux-reconcile', kustomizationIn('by-hand'))])).rejects.toThrow(
      'is suspended: Flux does not reconcile it',
    );
    await scene.hand.must([
      '-n',
      'by-hand',
      'patch',
      'configmap',
      'web',
      '--type=merge',
      '-p',
      '{"data":{"tag":"by hand"}}',
    ]);
    const resumed = await scene.carryOut(ask('flux-resume', kustomizationIn('by-hand')));
    expect(resumed.state, resumed.says).toBe('succeeded');
    expect(await tagIn('by-hand')).toBe('1');
    const back = await scene.takeBack(resumed);
    expect(back.state, back.says).toBe('succeeded');
    expect((await scene.read(kustomizationIn('by-hand'))).spec['suspend']).toBe(true);
  });

  it('flux-suspend: a repair that Flux puts back again and again stays, and its finding goes', async () => {
    const autoscaled = refByName('HorizontalPodAutoscaler', 'put-back', 'web');
    await kept('put-back', { ...manifests('1'), ...autoscaler('wbe') }, kustomization('put-back', '2s'));
    const pointsAt = async (): Promise<unknown> =>
      ((await scene.read(autoscaled)).spec['scaleTargetRef'] as { readonly name?: string }).name;
    const patch = JSON.stringify({ spec: { scaleTargetRef: { name: 'web' } } });
    const repair = async (): Promise<void> => {
      await scene.hand.must(['-n', 'put-back', 'patch', 'hpa', 'web', '--type=merge', '-p', patch]);
    };
    await comesTrue('Flux has applied the commit', () => isReady('put-back', kustomizationIn('put-back')));
    await repair();
    await comesTrue('Flux has put it back', async () => (await pointsAt()) === 'wbe');
    const cause = await scene.caused('hpa.target-missing', autoscaled);
    const ending = scene.carryOut(ask('flux-suspend', kustomizationIn('put-back')), cause);
    await comesTrue(
      'Flux is suspended',
      async () => (await scene.read(kustomizationIn('put-back'))).spec['suspend'] === true,
    );
    await comesTrue('the repair is there', async () => {
      await repair();
      return (await pointsAt()) === 'web';
    });
    const suspended = await ending;
    expect(suspended.state, suspended.says).toBe('succeeded');
    expect(suspended.says).toContain(`"${cause.title}" on`);
    expect(await pointsAt()).toBe('web');
  });

  it('flux-reconcile: what was mended in Git is fetched and applied, and its finding goes', async () => {
    const autoscaled = refByName('HorizontalPodAutoscaler', 'mended', 'web');
    const repository = await kept('mended', { ...manifests('1'), ...autoscaler('wbe') }, kustomization('mended'));
    const cause = await scene.caused('hpa.target-missing', autoscaled);
    await repository.commit({ ...manifests('1'), ...autoscaler('web') });
    const change = await scene.carryOut(ask('flux-reconcile', repositoryIn('mended')), cause);
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(`"${cause.title}" on`);
  });

  it('flux-resume: what was mended in Git reaches the cluster again, and its finding goes', async () => {
    const autoscaled = refByName('HorizontalPodAutoscaler', 'held', 'web');
    const repository = await kept('held', { ...manifests('1'), ...autoscaler('wbe') }, kustomization('held'));
    const cause = await scene.caused('hpa.target-missing', autoscaled);
    await scene.carryOut(ask('flux-suspend', kustomizationIn('held')));
    await repository.commit({ ...manifests('1'), ...autoscaler('web') });
    await scene.carryOut(ask('flux-reconcile', repositoryIn('held')));
    const change = await scene.carryOut(ask('flux-resume', kustomizationIn('held')), cause);
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(`"${cause.title}" on`);
  });

  it('what cannot be built is found, and going on with it is taken back', async () => {
    const repository = await keptByKustomization('broken');
    await scene.carryOut(ask('flux-suspend', kustomizationIn('broken')));
    await repository.commit({ 'web/kustomization.yaml': 'resources: [nowhere.yaml]\n' });
    await scene.carryOut(ask('flux-reconcile', repositoryIn('broken')));
    const resumed = await scene.carryOut(ask('flux-resume', kustomizationIn('broken')));
    expect(resumed.state, resumed.says).toBe('undone');
    await scene.hand.must([
      '-n',
      'broken',
      'patch',
      'kustomizations.kustomize.toolkit.fluxcd.io',
      'web',
      '--type=merge',
      '-p',
      '{"spec":{"suspend":false}}',
    ]);
    await comesTrue('Jamie finds it', async () => (await scene.told('broken')).includes('flux.reconcile.failed'));
    await repository.commit(manifests('3'));
    await scene.carryOut(ask('flux-reconcile', repositoryIn('broken')));
    await comesTrue('Jamie finds nothing', async () => (await scene.causes('broken')).length === 0);
  });

  it('what it applied is not patched behind its back, and where it is from is told', async () => {
    const { url } = await keptByKustomization('applied');
    const scaled = ask('scale', web('applied'), { replicas: 3 });
    await expect(scene.agent.propose([scaled])).rejects.toMatchObject({
      message: expect.stringContaining('Flux (Kustomization applied/web) keeps Deployment applied/web'),
      remedy: expect.stringContaining(url),
    });
    await expect(
      scene.agent.client.propose(
        { body: { requests: [scaled], reason: 'It is urgent.', direct: true } },
        { signal: AbortSignal.timeout(60_000) },
      ),
    ).rejects.toThrow('manages what would be changed behind its back');
  });

  it('what it applied is known by its fields too, when somebody took the labels away', async () => {
    await keptByKustomization('unlabelled');
    await scene.hand.must([
      '-n',
      'unlabelled',
      'label',
      'deployment',
      'web',
      'kustomize.toolkit.fluxcd.io/name-',
      'kustomize.toolkit.fluxcd.io/namespace-',
    ]);
    await expect(scene.agent.propose([ask('scale', web('unlabelled'), { replicas: 3 })])).rejects.toThrow(
      'An operator (field manager kustomize-controller) keeps Deployment unlabelled/web',
    );
  });
});

describe.concurrent('a GitRepository', () => {
  it('that cannot be fetched is found, and reconciling it has failed', async () => {
    await kept('nowhere', manifests('1'));
    await comesTrue('the repository is fetched', () => isReady('nowhere', repositoryIn('nowhere')));
    await scene.hand.must([
      '-n',
      'nowhere',
      'patch',
      'gitrepositories.source.toolkit.fluxcd.io',
      'apps',
      '--type=merge',
      '-p',
      '{"spec":{"ref":{"branch":"none"}}}',
    ]);
    await comesTrue('Jamie finds it', async () => (await scene.told('nowhere')).includes('flux.source.failed'));
    const change = await scene.carryOut(ask('flux-reconcile', repositoryIn('nowhere')));
    expect(change.state, change.says).toBe('failed');
    expect(change.says).toContain('none');
  });
});

describe.concurrent('a HelmRelease', () => {
  it('flux-suspend and flux-resume: the release stays, until Flux goes on', async () => {
    const repository = await keptByRelease('released');
    const suspended = await scene.carryOut(ask('flux-suspend', releaseIn('released')));
    expect(suspended.state, suspended.says).toBe('succeeded');
    await repository.commit(
      Object.fromEntries(Object.entries(chartFiles('1.1.0', '2')).map(([path, text]) => [`chart/${path}`, text])),
    );
    await scene.carryOut(ask('flux-reconcile', repositoryIn('released')));
    expect(await tagIn('released')).toBe('1');
    const resumed = await scene.carryOut(ask('flux-resume', releaseIn('released')));
    expect(resumed.state, resumed.says).toBe('succeeded');
    await comesTrue('the new chart is installed', async () => (await tagIn('released')) === '2');
    const reconciled = await scene.carryOut(ask('flux-reconcile', releaseIn('released')));
    expect(reconciled.state, reconciled.says).toBe('succeeded');
  });

  it('what it installed is neither patched nor rolled back behind its back', async () => {
    await keptByRelease('installed');
    await expect(scene.agent.propose([ask('scale', web('installed'), { replicas: 3 })])).rejects.toThrow(
      'Flux (HelmRelease installed/web) keeps Deployment installed/web',
    );
    await expect(scene.agent.propose([ask('helm-rollback', web('installed'), { toRevision: 1 })])).rejects.toThrow(
      'Flux keeps the release installed/web',
    );
  });
});
