import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { kustomization, kustomizationName } from '../../testing/delivery-objects.ts';

const asked = { action: 'flux-suspend', target: kustomizationName };

describe('flux-suspend', () => {
  it('suspends it, and lets it go on again', async () => {
    const scene = actionScene(kustomization());
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.done).toBe(
      'Suspended Kustomization flux-system/apps, so that Flux leaves what it keeps as it is.',
    );
    expect((await scene.get(kustomizationName))['spec']).toMatchObject({ suspend: true });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.get(kustomizationName))['spec']).toEqual(kustomization()['spec']);
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('refuses what is suspended already', async () => {
    expect(await actionScene(kustomization({ spec: { suspend: true } })).refusal(asked)).toBe(
      'Kustomization flux-system/apps is suspended already.',
    );
  });
});
