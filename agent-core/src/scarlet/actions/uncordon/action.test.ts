import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { node, nodeName } from '../../testing/objects.ts';

const asked = { action: 'uncordon', target: nodeName('worker-1') };
const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const cordoned = { spec: { unschedulable: true, taints: [taint] } };

describe('uncordon', () => {
  it('lets pods on again, once the taint is gone', async () => {
    const scene = actionScene(node('worker-1', cordoned));
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Uncordon Node worker-1, so that pods can be put on it again.');
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'The taint node.kubernetes.io/unschedulable is still on Node worker-1.',
    });
    await scene.alter(asked.target, { spec: {} });
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Node worker-1 takes pods again.' });
  });

  it('says that a node that is not ready takes no pods yet', async () => {
    const { draft } = await actionScene(
      node('worker-1', {
        ...cordoned,
        status: { conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' }] },
      }),
    ).plan(asked);
    expect(draft.notes).toEqual(['The node is not ready (NodeStatusUnknown): it takes no pods before it is.']);
  });

  it('refuses what is not cordoned', async () => {
    expect(await actionScene(node('worker-1')).refusal(asked)).toBe('Node worker-1 is not cordoned.');
  });

  it('refuses a node that an autoscaler is taking away', async () => {
    const leaving = {
      spec: { unschedulable: true, taints: [taint, { key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' }] },
    };
    expect(await actionScene(node('worker-1', leaving)).refusal(asked)).toBe(
      'Node worker-1 is being taken away by the Cluster Autoscaler.',
    );
  });

  it('is taken back, and has then failed', async () => {
    const scene = actionScene(node('worker-1', cordoned));
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect((await scene.get(asked.target))['spec']).toEqual({ unschedulable: true, taints: [taint] });
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
