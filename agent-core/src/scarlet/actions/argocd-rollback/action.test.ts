import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { application, applicationName } from '../../testing/delivery-objects.ts';
import { deployment, pod } from '../../testing/objects.ts';

const asked = { action: 'argocd-rollback', target: applicationName, params: { id: 0 } };
const done = (revision: string) => ({
  health: { status: 'Healthy' },
  operationState: { phase: 'Succeeded', message: '', syncResult: { revision } },
});

describe('argocd-rollback', () => {
  it('deploys an earlier revision from where that came from, and comes back', async () => {
    const scene = actionScene(application(), deployment(), pod('web-1'));
    expect((await scene.plan(asked)).draft.touches).toHaveLength(1);
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Let Argo CD return Application argocd/web from b2 to a1 (deployment 0).');
    expect((await scene.get(applicationName))['operation']).toMatchObject({
      sync: { revision: 'a1', source: { path: 'web' }, prune: false, syncStrategy: { apply: {} } },
    });
    scene.cluster.put(application({ status: done('a1') }));
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Application argocd/web is rolled back and healthy.',
    });
    await scene.undo(planned);
    expect((await scene.get(applicationName))['operation']).toMatchObject({ sync: { revision: 'b2' } });
  });

  it('waits while it goes on, and has failed at another revision', async () => {
    const scene = actionScene(application());
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(application({ status: done('c3') }));
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Application argocd/web is at c3: something deployed another revision.',
    });
  });

  it('keeps several sources together', async () => {
    const sources = [{ repoURL: 'https://a.example' }, { repoURL: 'https://b.example' }];
    const history = [
      { id: 0, revisions: ['a1', 'a2'], sources },
      { id: 1, revisions: ['b1', 'b2'], sources },
    ];
    const { planned } = await actionScene(application({ status: { history } })).plan(asked);
    expect(JSON.stringify(planned.operations)).toContain('"revisions":["a1","a2"]');
    expect(JSON.stringify(planned.undo.operations)).toContain('"revisions":["b1","b2"]');
  });

  it.each([
    [
      'an Application that syncs by itself',
      application({ spec: { syncPolicy: { automated: { selfHeal: false } } } }),
      0,
      'Application argocd/web syncs by itself, and would undo a rollback at once.',
    ],
    ['a deployment that is not kept', application(), 7, 'Application argocd/web keeps no deployment with the id 7.'],
    ['where it is', application(), 1, 'Application argocd/web is at deployment 1 already.'],
    [
      'while an operation runs',
      application({ rest: { operation: {} } }),
      0,
      'Argo CD is at work on Application argocd/web now.',
    ],
  ])('refuses %s', async (_name, object, id, sentence) => {
    expect(await actionScene(object).refusal({ ...asked, params: { id } })).toBe(sentence);
  });

  it('is possible where automatic sync is switched off', async () => {
    expect(
      (await actionScene(application({ spec: { syncPolicy: { automated: { enabled: false } } } })).plan(asked)).planned
        .operations,
    ).toHaveLength(1);
  });
});
