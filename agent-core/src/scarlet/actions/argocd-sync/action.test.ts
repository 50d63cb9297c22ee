import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { application, applicationName } from '../../testing/delivery-objects.ts';
import { deployment, pod } from '../../testing/objects.ts';

const asked = { action: 'argocd-sync', target: applicationName };
const toRevision = { ...asked, params: { revision: 'v1.2' }, from: 'person' as const };
const synced = {
  sync: { status: 'Synced', revision: 'b2' },
  health: { status: 'Healthy' },
  operationState: { phase: 'Succeeded', message: 'successfully synced' },
};

describe('argocd-sync', () => {
  it('asks the controller for it, as the Application is configured and without pruning', async () => {
    const scene = actionScene(
      application({ spec: { syncPolicy: { syncOptions: ['ServerSideApply=true'] } } }),
      deployment(),
      pod('web-1'),
    );
    const { draft } = await scene.plan(asked);
    expect(draft.notes).toEqual([
      'Differs from Git: Deployment web.',
      'Git has no longer, and it is left: Service old.',
    ]);
    expect(draft.touches.map(({ metadata }) => metadata.name)).toEqual(['web-1']);
    expect(draft.reaches).toEqual([{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }]);
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Let Argo CD sync Application argocd/web to b2.');
    expect((await scene.get(applicationName))['operation']).toEqual({
      initiatedBy: { username: 'autodevops' },
      sync: { prune: false, syncOptions: ['ServerSideApply=true'], syncStrategy: { hook: {} } },
    });
  });

  it('goes back to what is deployed now where it deploys another revision, and only there', async () => {
    const newer = { sync: { status: 'OutOfSync', revision: 'c3' } };
    const { planned } = await actionScene(application({ status: newer })).plan(asked);
    expect(planned.undo).toMatchObject({
      why: 'Deploys b2 again.',
      operations: [
        {
          steps: [
            {
              op: 'add',
              path: '/operation',
              value: { sync: { revision: 'b2', source: { path: 'web' }, prune: false } },
            },
          ],
        },
      ],
    });
    expect((await actionScene(application()).plan(asked)).planned.undo.operations).toEqual([]);
    expect(
      (await actionScene(application({ status: newer, spec: { syncPolicy: { automated: {} } } })).plan(asked)).planned
        .undo,
    ).toEqual({ operations: [], why: 'It syncs by itself: going back is to revert it in Git.' });
    expect(
      (await actionScene(application({ status: { ...newer, history: [] } })).plan(asked)).planned.undo.operations,
    ).toEqual([]);
  });

  it('is not known to reach anything here where it deploys into another cluster', async () => {
    const { draft } = await actionScene(
      application({ spec: { destination: { server: 'https://10.0.0.1', namespace: 'shop' } } }),
      deployment(),
      pod('web-1'),
    ).plan(asked);
    expect(draft).toMatchObject({
      touches: [],
      notes: expect.arrayContaining([
        'It deploys into another cluster (https://10.0.0.1): what becomes of that is not seen from here.',
      ]),
    });
    expect(draft).not.toHaveProperty('reaches');
  });

  it('reaches its namespace where it was never compared', async () => {
    expect((await actionScene(application({ status: { resources: [] } })).plan(asked)).draft.reaches).toEqual([
      { apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'shop' },
    ]);
  });

  it('has succeeded when it is synced and healthy', async () => {
    const scene = actionScene(application());
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(application({ status: { ...synced, sync: { status: 'OutOfSync' } } }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(application({ status: { ...synced, health: { status: 'Progressing' } } }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(application({ status: synced }));
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Application argocd/web is synced and healthy.',
    });
  });

  it('has failed when the operation or the health says so, without secrets', async () => {
    const scene = actionScene(application());
    const planned = await scene.carryOut(asked);
    scene.cluster.put(
      application({
        status: {
          ...synced,
          operationState: { phase: 'Failed', message: 'cannot fetch https://ann:hunter2@git.example' },
        },
      }),
    );
    const standing = await scene.verify(planned);
    expect(standing).toEqual({
      state: 'failed',
      says: 'Argo CD says of Application argocd/web: Failed, cannot fetch https://ann:[redacted]@git.example.',
    });
    scene.cluster.put(application({ status: { ...synced, health: { status: 'Degraded' } } }));
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('takes a revision that a person gives, as a high risk', async () => {
    const { planned } = await actionScene(application()).plan(toRevision);
    expect(planned.risk).toBe('high');
    expect(JSON.stringify(planned.operations)).toContain('"revision":"v1.2"');
  });

  it.each([
    [
      'what is in sync already',
      application({ status: { sync: { status: 'Synced' } } }),
      asked,
      'Application argocd/web is in sync with Git already.',
    ],
    [
      'a second operation',
      application({ rest: { operation: { sync: {} } } }),
      asked,
      'Argo CD is at work on Application argocd/web now.',
    ],
    [
      'while one runs',
      application({ status: { operationState: { phase: 'Running' } } }),
      asked,
      'Argo CD is at work on Application argocd/web now.',
    ],
    [
      'a revision that no person gave',
      application(),
      { ...asked, params: { revision: 'v1.2' } },
      'A revision other than the one that is tracked has to come from a person.',
    ],
    [
      'a revision that automatic sync would leave',
      application({ spec: { syncPolicy: { automated: {} } } }),
      toRevision,
      'Application argocd/web syncs by itself, and would go back from v1.2 at once.',
    ],
    [
      'one revision for several sources',
      application({ spec: { sources: [{ repoURL: 'a' }, { repoURL: 'b' }] } }),
      toRevision,
      'Application argocd/web has several sources: one revision says nothing of them.',
    ],
    [
      'a revision that is an option',
      application(),
      { ...toRevision, params: { revision: '--force' } },
      'The request for argocd-sync is not right: params.revision: not a revision.',
    ],
  ])('refuses %s', async (_name, object, request, sentence) => {
    expect(await actionScene(object).refusal(request)).toBe(sentence);
  });
});
