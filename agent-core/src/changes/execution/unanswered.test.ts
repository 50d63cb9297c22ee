import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import { deployment, pod, request } from '../testing/change-scene.ts';
import type { ChangeScene } from '../testing/change-scene.ts';
import { noon } from '../testing/samples.ts';
import { approved, three, tooSmall, typesOf } from './testing/approved-change.ts';

describe('a step that cannot be taken', () => {
  it('ends the change with nothing done when it is the first', async () => {
    const scene = await approved();
    scene.cluster.failNext({
      done: false,
      error: new AutoDevOpsError('cluster.invalid', 'The webhook says no.', 'Ask it.'),
    });
    expect(await scene.execute(scene.change.id)).toMatchObject({
      state: 'failed',
      says: 'Nothing was changed: The webhook says no.',
    });
  });

  it('takes back what was done before it', async () => {
    const scene = await approved(three);
    const send: ChangeScene['cluster']['send'] = async (operation, options) => {
      if (!options.dryRun && operation.verb === 'patch') {
        throw new AutoDevOpsError('cluster.forbidden', 'Not allowed.', 'Ask.');
      }
      return await scene.cluster.send(operation, options);
    };
    const undone = await scene.execute(scene.change.id, {
      ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } },
    });
    expect(undone).toMatchObject({
      state: 'undone',
      says: 'It could not be finished (step 2 of 3): Not allowed. It was taken back: everything is set as it was before.',
    });
    expect(scene.cluster.effects.map(({ operation }) => operation.verb)).toEqual(['create', 'delete']);
  });

  it('is tried again while it may pass', async () => {
    const scene = await approved();
    scene.cluster.failNext({ done: false });
    scene.cluster.failNext({
      done: false,
      error: new AutoDevOpsError('cluster.too-many-requests', 'Slower.', 'Wait.'),
    });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('waits for a disruption budget as long as the action has patience', async () => {
    const budget: Manifest = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } } },
      status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1, observedGeneration: 1 },
    };
    const options = { objects: [pod('web-1'), budget], causes: () => [] };
    const kick = [request('kick', 'web-1', {}, 'Pod')];
    const blocked = await approved(kick, options, { text: 'x' });
    expect(await blocked.execute(blocked.change.id)).toMatchObject({
      state: 'failed',
      says: expect.stringMatching(/^Nothing was changed: Pod shop\/web-1 may not be evicted now/),
    });
    expect(blocked.clock.now() - noon).toBeGreaterThanOrEqual(60_000);
    const freed = await approved(kick, options, { text: 'x' });
    const working = freed.execute(freed.change.id);
    await freed.clock.wait(20_000, new AbortController().signal);
    freed.cluster.put({ ...budget, status: { ...(budget['status'] as object), disruptionsAllowed: 1 } });
    expect((await working).state).toBe('succeeded');
    expect(freed.cluster.effects).toHaveLength(1);
    expect((await typesOf(freed)).filter((type) => type === 'step-intended')).toHaveLength(1);
  });
});

describe('an answer that does not come', () => {
  it('is looked for: what was done is not done again', async () => {
    const scene = await approved();
    scene.cluster.failNext({ done: true });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('is looked for: what was not done is sent again', async () => {
    const scene = await approved();
    scene.cluster.failNext({
      done: false,
      error: new AutoDevOpsError('cluster.outcome-unknown', 'No answer.', 'Look.'),
    });
    expect((await scene.execute(scene.change.id)).state).toBe('succeeded');
    expect(scene.cluster.effects).toHaveLength(1);
  });

  it('leaves what cannot be told unknown, says so, and does nothing more', async () => {
    const scene = await approved(three);
    const send: ChangeScene['cluster']['send'] = async (operation, options) => {
      if (options.dryRun || operation.verb !== 'patch') return await scene.cluster.send(operation, options);
      scene.cluster.put(deployment('web', 9));
      throw new AutoDevOpsError('cluster.outcome-unknown', 'No answer came.', 'Look.');
    };
    const ended = await scene.execute(scene.change.id, {
      ground: { ...scene.desk.ground, cluster: { ...scene.cluster, send } },
    });
    expect(ended).toMatchObject({
      state: 'unknown',
      says: expect.stringMatching(
        /^It cannot be told whether a step was done, and it is not tried again: No answer came\. .*neither what it was nor what was set\. 1 other step was done\. A person has to look\.$/,
      ),
    });
    expect(scene.cluster.effects).toHaveLength(1);
    expect(await scene.audited('CHG016')).toMatchObject([{ success: false }]);
  });
});

describe('what is done outside of the API server', () => {
  const images = (has: boolean): { loads: number; has: () => Promise<boolean>; load: () => Promise<void> } => {
    const state = { loads: 0, has: async () => has || state.loads > 0, load: async () => void state.loads++ };
    return state;
  };

  it('loads an image into the nodes', async () => {
    const scene = await approved([request('load', 'web', { image: 'app:2' })], { causes: () => [] }, { text: 'x' });
    const nodes = images(false);
    expect((await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, images: nodes } })).state).toBe(
      'succeeded',
    );
    expect(nodes.loads).toBe(1);
  });

  it('is refused with a sentence where this agent cannot', async () => {
    const scene = await approved([request('load', 'web', { image: 'app:2' })], { causes: () => [] }, { text: 'x' });
    expect(await scene.execute(scene.change.id)).toMatchObject({
      state: 'failed',
      says: 'Nothing was changed: This agent has no nodes whose images it could load.',
    });
  });

  const gitOf = (calls: string[]): GitChanges => ({
    repositories: ['shop'],
    read: async () => undefined,
    find: async () => undefined,
    open: async () => {
      calls.push('open');
      return { commit: 'c', branch: 'fix', page: '' };
    },
    withdraw: async () => void calls.push('withdraw'),
  });
  const proposing = request('open-change', 'web', { branch: 'fix' });

  it('opens a Git change, which helps only when people have merged it', async () => {
    const scene = await approved([proposing], { causes: () => tooSmall([]) });
    const calls: string[] = [];
    expect(await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, git: gitOf(calls) } })).toMatchObject(
      {
        state: 'succeeded',
        says: 'So it is. workload.too-small on Deployment shop/web stays until people have merged it.',
      },
    );
    expect(calls).toEqual(['open']);
  });

  it('withdraws a Git change with the step in the cluster that did not help', async () => {
    const making = request('make', 'settings', { value: 'x' }, 'ConfigMap');
    const scene = await approved([proposing, making], { causes: () => tooSmall([]) });
    const calls: string[] = [];
    const ended = await scene.execute(scene.change.id, { ground: { ...scene.desk.ground, git: gitOf(calls) } });
    expect(ended.state).toBe('undone');
    expect(calls).toEqual(['open', 'withdraw']);
  });
});
