import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { planAction, verifyAction } from './plan-action.ts';
import { actionScene } from './testing/action-scene.ts';
import { deployment, deploymentName, job, named, ownedBy, pod, podName, replicaSet } from './testing/objects.ts';

const asked = { action: 'restart-rollout', target: deploymentName };

describe('planning a request', () => {
  it('binds a target that is named only to the object that is there', async () => {
    const { planned } = await actionScene(deployment()).plan(asked);
    expect(planned.request.target).toEqual({ ...deploymentName, uid: 'uid-web' });
  });

  it('reads the target in the version that we know', async () => {
    const { planned } = await actionScene(deployment()).plan({
      ...asked,
      target: { ...deploymentName, apiVersion: 'apps/v1beta1' },
    });
    expect(planned.request.target.apiVersion).toBe('apps/v1');
  });

  it('refuses a kind of the same name from another group', async () => {
    expect(
      await actionScene(deployment()).refusal({
        ...asked,
        target: { ...deploymentName, apiVersion: 'evil.example/v1' },
      }),
    ).toBe('evil.example/v1 has no Deployment that this action knows.');
  });

  it('refuses a name without its namespace', async () => {
    expect(await actionScene(deployment()).refusal({ ...asked, target: { ...deploymentName, namespace: '' } })).toBe(
      'Deployment web is named without its namespace.',
    );
  });

  it('says with its code whether a request is none, or may not be', async () => {
    const { live } = actionScene(deployment());
    const request = { ...asked, target: { ...deploymentName, uid: '' }, params: {} };
    await expect(planAction({ ...request, action: 'shell' }, live)).rejects.toMatchObject({ code: 'change.invalid' });
    await expect(planAction({ ...request, params: { soon: true } }, live)).rejects.toMatchObject({
      code: 'change.invalid',
    });
    await expect(planAction({ ...request, target: { ...request.target, name: 'gone' } }, live)).rejects.toMatchObject({
      code: 'change.invalid',
    });
    const secret = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'web', uid: '' } as const;
    await expect(planAction({ ...request, target: secret }, live)).rejects.toMatchObject({ code: 'change.refused' });
  });

  it('names the owner of what only lives by it', async () => {
    const scene = actionScene(
      deployment(),
      replicaSet('web-old', 6),
      pod('import-x', { owner: named('batch/v1', 'Job', 'import') }),
      job('import', { metadata: ownedBy(named('batch/v1', 'CronJob', 'nightly')) }),
    );
    const change = { action: 'set-resources', params: { container: 'app', limits: { memory: '1Gi' } } };
    expect(await scene.refusal({ ...change, target: podName('import-x') })).toBe(
      'Pod shop/import-x belongs to Job shop/import; set-resources on it would not last.',
    );
    expect(await scene.refusal({ ...change, target: named('batch/v1', 'Job', 'import') })).toBe(
      'Job shop/import belongs to CronJob shop/nightly; set-resources on it would not last.',
    );
  });

  it('calls a change failed whose request no action reads any more, rather than ending on it', async () => {
    const { live } = actionScene(deployment());
    expect(
      await verifyAction({ ...asked, target: { ...deploymentName, uid: '' }, params: { soon: true } }, live),
    ).toMatchObject({ state: 'failed', says: expect.stringContaining('is not right') });
  });

  it('passes on that the cluster cannot be read', async () => {
    const scene = actionScene(deployment());
    const cluster = {
      ...scene.cluster,
      get: () => Promise.reject(new AutoDevOpsError('cluster.forbidden', 'No.', 'Ask.')),
    };
    const request = { ...asked, target: { ...deploymentName, uid: '' }, params: {} };
    await expect(planAction(request, { ...scene.live, cluster })).rejects.toMatchObject({ code: 'cluster.forbidden' });
    await expect(verifyAction(request, { ...scene.live, cluster })).rejects.toMatchObject({
      code: 'cluster.forbidden',
    });
  });
});
