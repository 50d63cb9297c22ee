import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import { refusalOf, signal } from '../testing/change-scene.ts';
import type { BeforeAfter } from './before-after.ts';
import { labelEffects } from './label-effects.ts';

type Labels = Readonly<Record<string, string>>;

function workload(labels: Labels, kind = 'Deployment'): Manifest {
  const template = { metadata: { labels } };
  return {
    apiVersion: kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'shop' },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  };
}

function relabelled(before: Labels | undefined, after: Labels, kind = 'Deployment'): BeforeAfter {
  return {
    object: { apiVersion: 'apps/v1', kind, namespace: 'shop', name: 'web', uid: 'u' },
    before: before === undefined ? undefined : workload(before, kind),
    after: workload(after, kind),
  };
}

const policy = (podSelector: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'inside', namespace: 'shop' },
  spec: { podSelector },
});
const budget: Manifest = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
};
const service: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { selector: { role: 'db' } },
};
const app = { app: 'web' };

async function effects(change: BeforeAfter, ...objects: readonly Manifest[]): Promise<readonly string[]> {
  return await labelEffects([change], fakeCluster(objects), signal);
}

describe('other labels of pods', () => {
  it.each(['Deployment', 'CronJob'])('do not take the pods of a %s out of a network policy', async (kind) => {
    const refused = await refusalOf(
      effects(relabelled({ ...app, inside: 'yes' }, app, kind), policy({ matchLabels: { inside: 'yes' } })),
    );
    expect(refused).toMatchObject({
      code: 'change.refused',
      message: `By their new labels the pods of ${kind} shop/web would leave NetworkPolicy shop/inside, which guards them.`,
      remedy: expect.stringContaining('no policy lifts it'),
    });
  });

  it('do not take them out of a budget, nor out of what excludes a label', async () => {
    expect((await refusalOf(effects(relabelled(app, { app: 'other' }), budget))).message).toContain(
      'PodDisruptionBudget shop/web',
    );
    const excluding = policy({ matchExpressions: [{ key: 'free', operator: 'DoesNotExist' }] });
    expect((await refusalOf(effects(relabelled(app, { ...app, free: 'yes' }), excluding))).message).toContain(
      'NetworkPolicy shop/inside',
    );
  });

  it('are told where a policy holds for the pods by them', async () => {
    expect(
      await effects(relabelled(app, { ...app, inside: 'yes' }), policy({ matchLabels: { inside: 'yes' } })),
    ).toEqual(['By their new labels NetworkPolicy shop/inside holds for the pods of Deployment shop/web.']);
  });

  it('are told where pods get traffic that others have, of a new workload too', async () => {
    const joins = [
      'The pods of Deployment shop/web would get traffic of Service shop/db, beside those that have it now.',
    ];
    expect(await effects(relabelled(app, { ...app, role: 'db' }), service)).toEqual(joins);
    expect(await effects(relabelled(undefined, { role: 'db' }), service, policy({}))).toEqual(joins);
  });

  it('do nothing where they stay as they were', async () => {
    expect(await effects(relabelled(app, app), policy({}), budget, service)).toEqual([]);
    expect(await effects(relabelled(app, { ...app, tier: 'front' }), policy({}), budget, service)).toEqual([]);
  });
});
