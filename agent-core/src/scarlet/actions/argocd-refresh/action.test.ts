import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { application, applicationName } from '../../testing/delivery-objects.ts';
import { named, object } from '../../testing/objects.ts';

const asked = { action: 'argocd-refresh', target: applicationName };
const annotation = 'argocd.argoproj.io/refresh';

describe('argocd-refresh', () => {
  it('asks for a look, and has succeeded when the controller took the request away', async () => {
    const scene = actionScene(application());
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Let Argo CD compare Application argocd/web with Git again.');
    expect((await scene.get(applicationName)).metadata['annotations']).toMatchObject({ [annotation]: 'normal' });
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Argo CD has not looked at Application argocd/web yet.',
    });
    scene.cluster.put(application());
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Argo CD has compared Application argocd/web: OutOfSync, Degraded.',
    });
    expect(planned.undo.operations).toEqual([]);
  });

  it('can leave the cache out, and says what automatic sync does then', async () => {
    const { planned, draft } = await actionScene(application({ spec: { syncPolicy: { automated: {} } } })).plan({
      ...asked,
      params: { hard: true },
    });
    expect(JSON.stringify(planned.operations)).toContain('"hard"');
    expect(draft.notes).toEqual(['It syncs by itself: what differs from Git is then applied.']);
  });

  it('refuses a second request, and an Application of somebody else', async () => {
    const scene = actionScene(application());
    await scene.carryOut(asked);
    expect(await scene.refusal(asked)).toBe('Application argocd/web is being refreshed already.');
    const other = named('app.k8s.io/v1beta1', 'Application', 'web', 'argocd');
    expect(await actionScene(object(other)).refusal({ ...asked, target: other })).toBe(
      'Application argocd/web is no Application of Argo CD (app.k8s.io/v1beta1).',
    );
  });
});
