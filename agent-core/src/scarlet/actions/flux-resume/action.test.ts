import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { kustomization, kustomizationName } from '../../testing/delivery-objects.ts';

const asked = { action: 'flux-resume', target: kustomizationName };
const suspended = kustomization({ spec: { suspend: true }, status: { observedGeneration: 2 } });

describe('flux-resume', () => {
  it('lets Flux go on, and has succeeded when it has reconciled', async () => {
    const scene = actionScene(suspended);
    const planned = await scene.carryOut(asked);
    expect((await scene.get(kustomizationName))['spec']).toMatchObject({ suspend: false });
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Kustomization flux-system/apps has not been reconciled yet.',
    });
    await scene.alter(kustomizationName, {
      status: {
        observedGeneration: 4,
        conditions: [{ type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded' }],
      },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.get(kustomizationName))['spec']).toMatchObject({ suspend: true });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('has failed when what its source says cannot be applied, although no generation was ever observed in full', async () => {
    const scene = actionScene(suspended);
    const planned = await scene.carryOut(asked);
    const ready = { type: 'Ready', status: 'False', reason: 'BuildFailed', message: 'no such file' };
    await scene.alter(kustomizationName, {
      status: { observedGeneration: 2, conditions: [{ ...ready, observedGeneration: 3 }] },
    });
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(kustomizationName, {
      status: { observedGeneration: 2, conditions: [{ ...ready, observedGeneration: 4 }] },
    });
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Kustomization flux-system/apps is not ready (BuildFailed): no such file.',
    });
  });

  it('waits while only the past is called ready', async () => {
    const scene = actionScene(suspended);
    const planned = await scene.carryOut(asked);
    await scene.alter(kustomizationName, {
      status: {
        observedGeneration: 4,
        conditions: [{ type: 'Ready', status: 'True', reason: 'InstallSucceeded', observedGeneration: 1 }],
      },
    });
    expect((await scene.verify(planned)).state).toBe('waiting');
  });

  it('refuses what is not suspended', async () => {
    expect(await actionScene(kustomization()).refusal(asked)).toBe('Kustomization flux-system/apps is not suspended.');
  });
});
