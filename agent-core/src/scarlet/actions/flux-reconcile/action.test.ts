import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { kustomization, kustomizationName } from '../../testing/delivery-objects.ts';
import { named, object } from '../../testing/objects.ts';

const asked = { action: 'flux-reconcile', target: kustomizationName };
const requestedAt = '2026-01-01T12:00:00.000Z';
const annotations = { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } };

function handled(ready: Readonly<Record<string, string>>) {
  const present = kustomization({
    status: { lastHandledReconcileAt: requestedAt, conditions: [{ type: 'Ready', ...ready }] },
  });
  return { ...present, metadata: { ...present.metadata, ...annotations } };
}

describe('flux-reconcile', () => {
  it('asks as the flux program does, and has succeeded when that was handled well', async () => {
    const scene = actionScene(kustomization());
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Let Flux reconcile Kustomization flux-system/apps now.');
    expect((await scene.get(kustomizationName)).metadata['annotations']).toMatchObject(annotations.annotations);
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Flux has not begun to reconcile Kustomization flux-system/apps.',
    });
    scene.cluster.put(handled({ status: 'True', reason: 'ReconciliationSucceeded' }));
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'Kustomization flux-system/apps is ready (ReconciliationSucceeded).',
    });
  });

  it('waits for what passes, and has failed by what does not', async () => {
    const scene = actionScene(kustomization());
    const planned = await scene.carryOut(asked);
    scene.cluster.put(handled({ status: 'False', reason: 'DependencyNotReady' }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(handled({ status: 'Unknown', reason: 'Progressing' }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    scene.cluster.put(handled({ status: 'False', reason: 'BuildFailed', message: 'no such file' }));
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Kustomization flux-system/apps is not ready (BuildFailed): no such file.',
    });
    scene.cluster.put(kustomization());
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('refuses what is suspended, asked already, only an address, or not of Flux', async () => {
    expect(await actionScene(kustomization({ spec: { suspend: true } })).refusal(asked)).toBe(
      'Kustomization flux-system/apps is suspended: Flux does not reconcile it.',
    );
    const scene = actionScene(kustomization());
    await scene.carryOut(asked);
    expect(await scene.refusal(asked)).toBe(
      'Kustomization flux-system/apps has been asked to reconcile already, and has not begun.',
    );
    const charts = named('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'charts', 'flux-system');
    expect(
      await actionScene(object(charts, { spec: { type: 'oci' } })).refusal({ ...asked, target: charts }),
    ).toContain('is only an address (type oci)');
    const other = named('kustomize.config.k8s.io/v1beta1', 'Kustomization', 'apps', 'flux-system');
    expect(await actionScene(object(other)).refusal({ ...asked, target: other })).toBe(
      'Kustomization flux-system/apps is not of Flux (kustomize.config.k8s.io/v1beta1).',
    );
  });
});
