import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import { node, nodeName } from '../../testing/objects.ts';

const asked = { action: 'cordon', target: nodeName('worker-1') };

describe('cordon', () => {
  it('keeps new pods off, and says how many nodes are left', async () => {
    const scene = actionScene(node('worker-1'), node('worker-2'), node('worker-3', { spec: { unschedulable: true } }));
    const { planned, draft } = await scene.plan(asked);
    expect(planned).toMatchObject({
      risk: 'low',
      sentences: { will: 'Cordon Node worker-1, so that no new pods are put on it.' },
    });
    expect(draft.notes).toEqual(['1 other node is ready for new pods.']);
    await scene.send(planned.operations);
    expect(fieldAt(await scene.get(asked.target), ['spec', 'unschedulable'])).toBe(true);
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Node worker-1 is cordoned.' });
  });

  it('takes the risk as high for the last node that takes pods', async () => {
    const { planned, draft } = await actionScene(
      node('worker-1'),
      node('worker-2', { status: { conditions: [{ type: 'Ready', status: 'False' }] } }),
    ).plan(asked);
    expect(draft.notes).toEqual(['No other node is ready and takes pods: new ones would wait.']);
    expect(planned.risk).toBe('high');
  });

  it('refuses what is cordoned already, and what is not there', async () => {
    expect(await actionScene(node('worker-1', { spec: { unschedulable: true } })).refusal(asked)).toBe(
      'Node worker-1 is cordoned already.',
    );
    expect(await actionScene(node('worker-2')).refusal(asked)).toBe('Node worker-1 does not exist.');
  });

  it('refuses a node that is named with a namespace', async () => {
    expect(
      await actionScene(node('worker-1')).refusal({ ...asked, target: { ...asked.target, namespace: 'shop' } }),
    ).toBe('Node shop/worker-1 has no namespace.');
  });

  it('is taken back, and has then failed', async () => {
    const scene = actionScene(node('worker-1'));
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect((await scene.get(asked.target))['spec']).toEqual({});
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
