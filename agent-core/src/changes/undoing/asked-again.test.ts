import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Cause } from '@autodevops/domain/diagnosis';
import type { Controller } from '@autodevops/testkit/fake-cluster';
import { planAction, verifyAction } from '../../scarlet/plan-action.ts';
import type { ArgoHistory } from '../../scarlet/targets/argo-application.ts';
import { application, applicationName } from '../../scarlet/testing/delivery-objects.ts';
import { deployment, pod } from '../../scarlet/testing/objects.ts';
import { execute } from '../execution/execute.ts';
import { propose } from '../approving/propose.ts';
import { causeOn, changeScene, refusalOf, signal } from '../testing/change-scene.ts';
import type { ChangeScene } from '../testing/change-scene.ts';
import { ann, decisionOf } from '../testing/samples.ts';
import { undoRequests, withUndo } from './undo-change.ts';

interface Status {
  readonly history: readonly ArgoHistory[];
}

/** Argo CD: does what the operation field says, remembers it, and takes the field away. `at`: deploys that revision whatever was asked. */
function argoCd(at?: string): Controller {
  return ({ object }, hand) => {
    const { operation, ...rest } = (object ?? {}) as Manifest & {
      readonly operation?: { readonly sync: ArgoHistory };
      readonly status: Status;
    };
    if (operation === undefined) return;
    const { source } = operation.sync;
    const revision = at ?? operation.sync.revision;
    const history = [...rest.status.history, { id: rest.status.history.length, revision, deployedAt: '', source }];
    hand.put({
      ...rest,
      status: {
        ...rest.status,
        history,
        sync: { status: 'Synced', revision },
        health: { status: 'Healthy' },
        operationState: {
          phase: 'Succeeded',
          message: '',
          startedAt: String(history.length),
          syncResult: { revision },
        },
      },
    });
  };
}

interface Scene extends ChangeScene {
  readonly done: Change;
  readonly proposeUndo: (of?: Change) => Promise<Change>;
  readonly ill: Cause[];
}

const noGood = { text: 'No good.' };

async function rolledBack(controllers: readonly Controller[] = [argoCd()]): Promise<Scene> {
  const ill: Cause[] = [];
  const scene = await changeScene({
    objects: [
      application({
        status: { resources: [{ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }] },
      }),
      deployment(),
      pod('web-1'),
    ],
    decide: decisionOf('auto'),
    causes: () => ill,
    controllers,
  });
  const desk = {
    ...scene.desk,
    ground: {
      ...scene.desk.ground,
      planner: withUndo({ plan: planAction, verify: verifyAction }, scene.store.changes, scene.desk.diagnose),
    },
  };
  const asked = { action: 'argocd-rollback', target: { ...applicationName, uid: '' }, params: { id: 0 } };
  const proposed = await propose(
    { requests: [asked], requester: ann, reason: noGood, idempotencyKey: 'there', direct: false, signal },
    desk,
  );
  const done = await execute(proposed.id, desk, signal);
  let undone = 0;
  return {
    ...scene,
    desk,
    done,
    ill,
    proposeUndo: async (of = done) =>
      await propose(
        {
          requests: undoRequests(of),
          requester: ann,
          reason: noGood,
          idempotencyKey: `back-${++undone}`,
          direct: false,
          signal,
        },
        desk,
      ),
    execute: async (id) => await execute(id, desk, signal),
  };
}

function deployed({ cluster }: ChangeScene): string | undefined {
  const found = cluster.all().find(({ kind }) => kind === 'Application');
  return (found?.['status'] as Status | undefined)?.history.at(-1)?.revision;
}

describe('taking back what Argo CD was asked for', () => {
  it('asks it once more, and has succeeded when it has done that', async () => {
    const scene = await rolledBack();
    expect([scene.done.state, deployed(scene)]).toEqual(['succeeded', 'a1']);
    const undone = await scene.execute((await scene.proposeUndo()).id);
    expect([undone.state, deployed(scene)]).toEqual(['succeeded', 'b2']);
    expect(undone.says).toContain('Application argocd/web is as it was before and healthy.');
  });

  it('is judged where the Application keeps something, not where it lies', async () => {
    const scene = await rolledBack();
    scene.ill.push(causeOn('pod.crash', { kind: 'Deployment', name: 'web' }));
    const { plan } = await scene.proposeUndo();
    expect(plan.facts).toMatchObject({
      restores: true,
      blastRadius: { namespaces: ['shop'] },
      workloads: expect.arrayContaining(['Deployment/shop/web']),
    });
  });

  it('has failed when something deployed another revision', async () => {
    const scene = await rolledBack([argoCd('a1')]);
    const undone = await scene.execute((await scene.proposeUndo()).id);
    expect(undone.state, undone.says).not.toBe('succeeded');
    expect(undone.says).toContain('Application argocd/web is at a1: something deployed another revision.');
  });

  it('can be taken back in turn, and not twice', async () => {
    const scene = await rolledBack();
    const undone = await scene.execute((await scene.proposeUndo()).id);
    expect((await refusalOf(scene.proposeUndo())).message).toMatch(/^This is taken back already: /);
    expect(undone.plan.actions[0]?.undo.why).toBe('Deploys a1 again.');
    const again = await scene.execute((await scene.proposeUndo(undone)).id);
    expect([again.state, deployed(scene)]).toEqual(['succeeded', 'a1']);
  });

  it('is refused while Argo CD is at work, and where it would not last', async () => {
    const scene = await rolledBack();
    const found = scene.cluster.all().find(({ kind }) => kind === 'Application');
    scene.cluster.put({ ...found, operation: { sync: {} } });
    expect((await refusalOf(scene.proposeUndo())).message).toBe('Argo CD is at work on Application argocd/web now.');
    scene.cluster.put({ ...found, spec: { ...(found?.['spec'] as object), syncPolicy: { automated: {} } } });
    expect((await refusalOf(scene.proposeUndo())).message).toBe(
      'Application argocd/web syncs by itself by now, and would undo that at once.',
    );
  });
});
