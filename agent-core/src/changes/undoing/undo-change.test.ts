import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Cause } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { execute } from '../execution/execute.ts';
import { propose } from '../approving/propose.ts';
import { causeOn, changeScene, deployment, refusalOf, request, signal } from '../testing/change-scene.ts';
import type { ChangeScene, SceneOptions } from '../testing/change-scene.ts';
import { ann, decisionOf } from '../testing/samples.ts';
import { undoRequests, withUndo } from './undo-change.ts';

const leftover: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'leftover', namespace: 'shop', labels: { a: 'b' } },
  data: { a: 'b' },
};
const status = { observedGeneration: 99, replicas: 3, updatedReplicas: 3, availableReplicas: 3 };

interface Done extends ChangeScene {
  readonly done: Change;
  readonly takeBack: (of?: Change) => Promise<Change>;
}

/** A scene in which these were done, and can be taken back. */
async function after(
  requests: Parameters<ChangeScene['propose']>[0],
  causes: SceneOptions['causes'] = () => [],
): Promise<Done> {
  const scene = await changeScene({
    objects: [{ ...deployment(), status }, leftover],
    decide: decisionOf('auto'),
    causes,
  });
  const desk = {
    ...scene.desk,
    ground: {
      ...scene.desk.ground,
      planner: withUndo(scene.desk.ground.planner, scene.store.changes, scene.desk.diagnose),
    },
  };
  const done = await scene.execute((await scene.propose(requests)).id);
  let asked = 0;
  const takeBack = async (of = done): Promise<Change> => {
    const proposed = await propose(
      {
        requests: undoRequests(of),
        requester: ann,
        reason: { text: 'No good.' },
        idempotencyKey: `undo-${++asked}`,
        direct: false,
        signal,
      },
      desk,
    );
    return await execute(proposed.id, desk, signal);
  };
  return {
    ...scene,
    desk,
    done,
    takeBack,
    propose: async (wanted, changes) =>
      await propose(
        {
          requests: wanted,
          requester: ann,
          reason: { text: 'No good.' },
          idempotencyKey: 'again',
          direct: false,
          signal,
          ...changes,
        },
        desk,
      ),
  };
}

function names({ cluster }: ChangeScene): string[] {
  return cluster.all().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

function replicas({ cluster }: ChangeScene): unknown {
  return (cluster.all().find(({ kind }) => kind === 'Deployment')?.['spec'] as { replicas?: unknown } | undefined)
    ?.replicas;
}

describe('a change that has ended', () => {
  it('is taken back by a change of its own, the last action first', async () => {
    const scene = await after([
      request('resize', 'web', { replicas: 3 }),
      request('make', 'settings', {}, 'ConfigMap'),
      request('drop', 'leftover', {}, 'ConfigMap'),
    ]);
    expect(names(scene)).toEqual(['ConfigMap settings', 'Deployment web']);
    const undone = await scene.takeBack();
    expect(undone).toMatchObject({
      state: 'succeeded',
      requester: ann,
      plan: {
        actions: [
          { sentences: { will: 'Take back: Did drop leftover.' } },
          {},
          { request: { params: { change: scene.done.id, action: 0 } } },
        ],
      },
    });
    expect(names(scene)).toEqual(['ConfigMap leftover', 'Deployment web']);
    expect(replicas(scene)).toBe(1);
  });

  it('can be done again by taking that back', async () => {
    const scene = await after([
      request('resize', 'web', { replicas: 3 }),
      request('drop', 'leftover', {}, 'ConfigMap'),
    ]);
    const undone = await scene.takeBack();
    expect((await scene.takeBack(undone)).state).toBe('succeeded');
    expect(replicas(scene)).toBe(3);
    expect(names(scene)).toEqual(['Deployment web']);
  });

  it('that applied a manifest gets its values of before, and can be done again', async () => {
    const scene = await after([request('settle', 'leftover', { a: 'c', d: 'e' }, 'ConfigMap')]);
    const data = (): unknown => scene.cluster.all().find(({ metadata }) => metadata.name === 'leftover')?.['data'];
    expect(data()).toEqual({ a: 'c', d: 'e' });
    const undone = await scene.takeBack();
    expect(undone.state, undone.says).toBe('succeeded');
    expect(data()).toEqual({ a: 'b' });
    expect((await refusalOf(scene.takeBack())).message).toBe('This is taken back already: Did settle leftover.');
    const again = await scene.takeBack(undone);
    expect(again.state, again.says).toBe('succeeded');
    expect(data()).toEqual({ a: 'c', d: 'e' });
  });

  it('that started a Job is taken back for good: made anew it would run once more', async () => {
    const scene = await after([
      {
        action: 'make',
        target: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'run', uid: '' },
        params: {},
      },
    ]);
    const undone = await scene.takeBack();
    expect(undone.state, undone.says).toBe('succeeded');
    expect(undone.plan).toMatchObject({ actions: [{ undo: { operations: [] } }], facts: { reversible: false } });
    expect((await refusalOf(scene.takeBack(undone))).message).toContain('it would run once more');
  });

  it('is not taken back twice, nor over what somebody did since', async () => {
    const scene = await after([request('resize', 'web', { replicas: 3 })]);
    await scene.takeBack();
    expect((await refusalOf(scene.takeBack())).message).toBe('This is taken back already: Did resize web to 3.');
    const other = await after([request('resize', 'web', { replicas: 3 })]);
    other.cluster.put(deployment('web', 7));
    expect((await refusalOf(other.takeBack())).message).toBe(
      'Deployment shop/web was changed by somebody else meanwhile.',
    );
  });

  it('is not taken back where nothing can, with the reason', async () => {
    const scene = await after([request('stamp', 'web')]);
    expect((await refusalOf(scene.takeBack())).message).toBe(
      'This cannot be taken back: Did stamp web. A stamp does no harm.',
    );
  });

  it('that returned a release of Helm is taken back by Helm, from the revision that it made', async () => {
    const scene = await after([request('resize', 'web', { replicas: 3 })]);
    const [action] = scene.done.plan.actions;
    if (action === undefined) throw new Error('nothing was planned');
    const undo = {
      operations: [{ verb: 'helm-rollback' as const, namespace: 'shop', release: 'web', revision: 2, newest: 3 }],
      why: '',
    };
    const requests = undoRequests({ ...scene.done, plan: { ...scene.done.plan, actions: [{ ...action, undo }] } });
    expect(requests).toEqual([
      {
        action: 'helm-rollback',
        target: { ...action.request.target, uid: '' },
        params: { toRevision: 2, ifNewest: 3 },
      },
    ]);
  });

  it('is not taken back while it is on its way, nor where it did nothing', async () => {
    const scene = await after([request('resize', 'web', { replicas: 3 })]);
    expect(() => undoRequests({ ...scene.done, state: 'executing' })).toThrow('has not ended: it is executing');
    expect(() => undoRequests({ ...scene.done, state: 'undone' })).toThrow('Nothing is left');
    expect(() => undoRequests({ ...scene.done, steps: [] })).toThrow('Nothing is left');
  });
});

describe('taking back what did harm', () => {
  const sick = causeOn('pod.crash', { kind: 'Deployment', name: 'web' });
  /** What taking it back looks like where these were ill before, and these are since. */
  const facts = async (since: readonly Cause[], before: readonly Cause[] = []): Promise<Change['plan']['facts']> => {
    const ill = [...before];
    const scene = await after([request('resize', 'web', { replicas: 3 })], () => ill);
    ill.push(...since);
    return (await scene.propose(undoRequests(scene.done))).plan.facts;
  };

  it('restores, and tells what is ill since', async () => {
    expect(await facts([sick])).toMatchObject({
      restores: true,
      notes: [
        expect.stringContaining('ended as succeeded'),
        'Since chg-000000000001 there is pod.crash on Deployment shop/web, which was not there before.',
      ],
    });
  });

  it('counts the pods and the Services of what was changed, and nothing else in the namespace', async () => {
    expect((await facts([causeOn('pod.crash', { kind: 'Pod', name: 'web-6d4c9f7b8d-x2x4z' })])).restores).toBe(true);
    expect((await facts([causeOn('pod.crash', { kind: 'Deployment', name: 'db' })])).restores).toBe(false);
  });

  it('does not restore what is well, what was ill before, or what is only suspected', async () => {
    expect((await facts([])).restores).toBe(false);
    expect((await facts([sick], [sick])).restores).toBe(false);
    expect((await facts([{ ...sick, confidence: 'low' }])).restores).toBe(false);
    expect((await facts([{ ...sick, since: '2025-12-31T12:00:00Z' }])).restores).toBe(false);
  });

  it('is not known to restore where the cluster cannot be diagnosed', async () => {
    const scene = await after([request('resize', 'web', { replicas: 3 })]);
    const blind = withUndo(scene.desk.ground.planner, scene.store.changes, async () => {
      throw new AutoDevOpsError('cluster.forbidden', 'no', 'no');
    });
    const proposed = await propose(
      {
        requests: undoRequests(scene.done),
        requester: ann,
        reason: { text: 'No good.' },
        idempotencyKey: 'blind',
        direct: false,
        signal,
      },
      { ...scene.desk, ground: { ...scene.desk.ground, planner: blind } },
    );
    expect(proposed.plan.facts).not.toHaveProperty('restores');
  });
});
