import { describe, expect, it } from 'vitest';
import type { ActionRequest, Plan } from '@autodevops/domain/change/plan';
import { fakeCluster } from '@autodevops/testkit/fake-cluster';
import { planAction, verifyAction } from '../../scarlet/plan-action.ts';
import {
  budget,
  container,
  deployment,
  deploymentName,
  named,
  object,
  ownedBy,
  pod,
  podName,
  replicaSet,
} from '../../scarlet/testing/objects.ts';
import { noon } from '../testing/samples.ts';
import { simulate } from './simulate.ts';

const signal = new AbortController().signal;
const replicaSetName = named('apps/v1', 'ReplicaSet', 'web-1');
const remove = (name: string, action = 'delete-pod'): ActionRequest => ({
  action,
  target: { ...podName(name), uid: '' },
  params: {},
});
const web = (action: string, params: ActionRequest['params']): ActionRequest => ({
  action,
  target: { ...deploymentName, uid: '' },
  params,
});

/** Three pods that serve, and one that does not, under a budget that lets so many go. */
async function planned(allowed: number, ...requests: readonly ActionRequest[]): Promise<Plan> {
  const pods = ['a', 'b', 'c'].map((letter) => pod(`web-1-${letter}`, { metadata: ownedBy(replicaSetName) }));
  const cluster = fakeCluster([
    deployment({ spec: { replicas: 3 }, containers: [container({ resources: { limits: { memory: '64Mi' } } })] }),
    replicaSet('web-1', 1),
    ...pods,
    pod('web-1-ill', { ready: false, metadata: ownedBy(replicaSetName) }),
    budget('web', 'web', { disruptionsAllowed: allowed, currentHealthy: 3, expectedPods: 4 }),
  ]);
  return await simulate(
    { requests, from: 'person', changeId: 'chg-1', moment: noon, now: noon, signal },
    { cluster, planner: { plan: planAction, verify: verifyAction } },
  );
}

describe('a budget within a plan', () => {
  it('lets as many pods go as it allows', async () => {
    expect((await planned(2, remove('web-1-a'), remove('web-1-b'))).actions).toHaveLength(2);
  });

  it('lets no second pod go of which it allows one, however they are taken away', async () => {
    for (const action of ['delete-pod', 'evict-pod']) {
      await expect(planned(1, remove('web-1-a'), remove('web-1-b', action))).rejects.toMatchObject({
        code: 'change.refused',
        message: 'PodDisruptionBudget shop/web allows no disruption now (2 of 4 pods are healthy).',
      });
    }
  });

  it('lets no pod go beside one that a smaller number of replicas takes away', async () => {
    await expect(planned(1, web('scale', { replicas: 2 }), remove('web-1-a'))).rejects.toMatchObject({
      message: expect.stringContaining('allows no disruption now'),
    });
  });

  it('is not spent by a pod that serves nobody', async () => {
    expect((await planned(1, remove('web-1-ill'), remove('web-1-a'))).actions).toHaveLength(2);
  });

  it('is not spent by pods of others', async () => {
    const other = object(podName('other'), {
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
      spec: { containers: [{ name: 'app', image: 'x' }] },
    });
    const cluster = fakeCluster([other, pod('web-1-a'), budget('web', 'web', { disruptionsAllowed: 1 })]);
    const both = [remove('other'), remove('web-1-a')].map((request) => ({
      ...request,
      params: { withoutController: true },
    }));
    const plan = await simulate(
      { requests: both, from: 'person', changeId: 'chg-1', moment: noon, now: noon, signal },
      { cluster, planner: { plan: planAction, verify: verifyAction } },
    );
    expect(plan.actions).toHaveLength(2);
  });
});

describe('a bound within a plan', () => {
  it('is measured by what stands before it, so that steps that may be taken one by one are not taken all at once', async () => {
    const limit = (memory: string): ActionRequest => web('set-resources', { container: 'app', limits: { memory } });
    expect((await planned(1, limit('256Mi'))).actions).toHaveLength(1);
    await expect(planned(1, limit('256Mi'), limit('1Gi'))).rejects.toMatchObject({
      code: 'change.refused',
      message: '1Gi of memory is more than 4 times the present 64Mi.',
    });
  });
});
