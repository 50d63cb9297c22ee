import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Diagnosis } from '@autodevops/domain/diagnosis';
import { changeScene, deployment, diagnosisOf, refusalOf, request } from '../testing/change-scene.ts';
import type { ChangeScene } from '../testing/change-scene.ts';
import { decisionOf } from '../testing/samples.ts';

const oldest: Manifest = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'kube-system' },
};
const resized = [request('resize', 'web', { replicas: 3 })];

/** Somebody deletes the cluster and makes another one under the same name, with the same objects in it. */
function swap({ cluster }: ChangeScene): void {
  cluster.remove({ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: 'kube-system' });
  cluster.put(oldest);
}

async function scene(): Promise<ChangeScene> {
  return await changeScene({ objects: [oldest, deployment()] });
}

describe('a change whose cluster was made anew under the same name', () => {
  it('takes no yes any more', async () => {
    const at = await scene();
    const change = await at.propose(resized);
    swap(at);
    expect(await refusalOf(at.approve(change))).toMatchObject({
      code: 'change.stale',
      message: expect.stringContaining('another cluster'),
    });
  });

  it('is not begun, whatever was agreed to', async () => {
    const at = await scene();
    const change = await at.propose(resized);
    await at.approve(change);
    swap(at);
    expect((await refusalOf(at.execute(change.id))).message).toContain('another cluster');
    expect(at.cluster.effects).toEqual([]);
  });

  it('is neither gone on with nor taken back where it was begun in the other, and says that it is not known', async () => {
    const status = { observedGeneration: 99, replicas: 3, readyReplicas: 3, updatedReplicas: 3, availableReplicas: 3 };
    const at = await changeScene({ objects: [oldest, { ...deployment(), status }], decide: decisionOf('auto') });
    const change = await at.propose(resized);
    let looked = 0;
    const diagnose = async (): Promise<Diagnosis> => {
      looked += 1;
      if (looked > 1) throw new Error('the process ends here');
      return await Promise.resolve(diagnosisOf([]));
    };
    await expect(at.execute(change.id, { diagnose })).rejects.toThrow('the process ends here');
    expect(at.cluster.effects).toHaveLength(1);
    swap(at);
    expect(await at.execute(change.id)).toMatchObject({
      state: 'unknown',
      says: expect.stringContaining('another cluster'),
    });
    expect(at.cluster.effects).toHaveLength(1);
  });
});
