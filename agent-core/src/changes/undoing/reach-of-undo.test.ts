import { describe, expect, it } from 'vitest';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { kustomization, kustomizationName } from '../../scarlet/testing/delivery-objects.ts';
import { actionScene } from '../../scarlet/testing/action-scene.ts';
import { deployment, deploymentName, pod } from '../../scarlet/testing/objects.ts';
import { reachOfUndo } from './reach-of-undo.ts';
import type { Reversal } from './reversal.ts';

const kept = kustomization({ status: { inventory: { entries: [{ id: 'shop_web_apps_Deployment', v: 'v1' }] } } });

function patching(live: Manifest, ...steps: Extract<ClusterOperation, { verb: 'patch' }>['steps']): Reversal {
  return { operation: { verb: 'patch', target: targetOf(live), subresource: '', steps }, back: undefined, live };
}

async function reach(target: typeof deploymentName, ...reversed: readonly Reversal[]) {
  return await reachOfUndo(reversed, { ...target, uid: '' }, actionScene(deployment(), pod('web-1'), kept).live);
}

describe('taking back reaches', () => {
  it('what Flux keeps, when it lets Flux go on', async () => {
    const web = [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' }];
    expect(
      (await reach(kustomizationName, patching(kept, { op: 'replace', path: '/spec/suspend', value: false }))).reaches,
    ).toEqual(web);
    expect(
      (
        await reach(
          kustomizationName,
          patching(kept, { op: 'test', path: '/spec/suspend', value: true }, { op: 'remove', path: '/spec/suspend' }),
        )
      ).reaches,
    ).toEqual(web);
  });

  it('nothing, when it suspends Flux', async () => {
    expect(
      (await reach(kustomizationName, patching(kept, { op: 'replace', path: '/spec/suspend', value: true }))).reaches,
    ).toEqual([]);
  });

  it('the pods of what it changes, and what the operations name', async () => {
    const { touches, reaches } = await reach(
      deploymentName,
      patching(deployment(), { op: 'replace', path: '/spec/replicas', value: 2 }),
    );
    expect(touches.map(({ metadata }) => metadata.name)).toEqual(['web-1']);
    expect(reaches).toBeUndefined();
  });
});
