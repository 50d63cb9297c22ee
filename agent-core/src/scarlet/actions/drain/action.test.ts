import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import {
  budget,
  container,
  daemonSet,
  daemonSetName,
  deployment,
  named,
  node,
  nodeName,
  object,
  ownedBy,
  pod,
  podName,
} from '../../testing/objects.ts';

const asked = { action: 'drain', target: nodeName('worker-1') };
const set = named('apps/v1', 'ReplicaSet', 'web-new');
const base = [deployment(), object(set), daemonSet(), node('worker-1'), node('worker-2')];

function here(name: string, parts: Parameters<typeof pod>[1] = {}) {
  return pod(name, { owner: set, node: 'worker-1', ...parts });
}
function requesting(memory: string) {
  return { containers: [container({ resources: { requests: { memory } } })] };
}

describe('drain', () => {
  it('cordons, then evicts each pod of the node by its uid', async () => {
    const { planned, draft } = await actionScene(
      ...base,
      here('web-2'),
      here('web-1'),
      pod('web-3', { owner: set, node: 'worker-2' }),
    ).plan(asked);
    expect(planned.sentences.will).toBe('Drain Node worker-1: cordon it, then evict 2 pods (shop/web-1, shop/web-2).');
    expect(planned.operations).toMatchObject([
      { verb: 'patch', target: { kind: 'Node', uid: 'uid-worker-1' } },
      { verb: 'evict', target: { name: 'web-1', uid: 'uid-web-1' } },
      { verb: 'evict', target: { name: 'web-2', uid: 'uid-web-2' } },
    ]);
    expect(draft.notes).toEqual(['All 2 pods find a place on other nodes.']);
    expect(planned.risk).toBe('medium');
  });

  it('leaves pods of DaemonSets, static pods, finished ones and those that are ending', async () => {
    const others = [
      here('agent-1', { owner: daemonSetName }),
      here('kube-proxy', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'abc' } } }),
      here('done', { status: { phase: 'Succeeded' } }),
      here('ending', { metadata: { ...ownedBy(set), deletionTimestamp: '2026-01-01T11:59:00Z' } }),
    ];
    const { planned, draft } = await actionScene(...base, here('web-1'), ...others).plan(asked);
    expect(planned.operations.slice(1)).toMatchObject([{ target: { name: 'web-1' } }]);
    expect(draft.notes).toEqual([
      'Its pod finds a place on another node.',
      '1 pod on it is ending already.',
      '2 pods of DaemonSets or of the node itself stay.',
    ]);
  });

  it('refuses pods that nothing makes anew, unless that is meant', async () => {
    const scene = actionScene(...base, pod('alone', { node: 'worker-1' }));
    expect(await scene.refusal(asked)).toBe('Nothing would make these pods anew: shop/alone.');
    expect((await scene.plan({ ...asked, params: { withoutController: true } })).planned.risk).toBe('high');
  });

  it('refuses pods with scratch data, unless that is meant', async () => {
    const scene = actionScene(...base, here('web-1', { spec: { volumes: [{ name: 'cache', emptyDir: {} }] } }));
    expect(await scene.refusal(asked)).toBe(
      'These pods keep data in emptyDir volumes, which is lost when they leave: shop/web-1.',
    );
    expect((await scene.plan({ ...asked, params: { deleteEmptyDirData: true } })).planned.operations).toHaveLength(2);
  });

  it('refuses a pod that is under two budgets', async () => {
    const both = [budget('web', 'web', { disruptionsAllowed: 1 }), budget('all', 'web', { disruptionsAllowed: 1 })];
    expect(await actionScene(...base, here('web-1'), ...both).refusal(asked)).toBe(
      'The server evicts no pod that is under several PodDisruptionBudgets: shop/web-1.',
    );
  });

  it('refuses a drained node', async () => {
    expect(await actionScene(node('worker-1', { spec: { unschedulable: true } })).refusal(asked)).toBe(
      'Node worker-1 is cordoned, and nothing on it is to be evicted.',
    );
  });

  it('says which pods find no place, counting what the others take', async () => {
    const big = [here('web-1', { spec: requesting('5Gi') }), here('web-2', { spec: requesting('5Gi') })];
    const { planned, draft } = await actionScene(...base, ...big).plan(asked);
    expect(draft.notes).toEqual(['1 of 2 pods find no place on another node now: shop/web-2 (memory).']);
    expect(planned.risk).toBe('high');
  });

  it('says that taints, selectors and nodes that are not ready leave no place', async () => {
    const tainted = node('worker-2', { spec: { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] } });
    const down = node('worker-3', { status: { conditions: [{ type: 'Ready', status: 'False' }] } });
    const [, , , first] = base;
    const { draft } = await actionScene(
      ...(first === undefined ? [] : [first]),
      object(set),
      tainted,
      down,
      here('web-1'),
    ).plan(asked);
    expect(draft.notes).toEqual(['1 of 1 pods find no place on another node now: shop/web-1 (gpu=yes:NoSchedule).']);
  });

  it.each([
    [
      { disruptionsAllowed: 1 },
      'PodDisruptionBudget shop/web allows 1 now, and 2 pods are under it: they leave one after another.',
    ],
    [{ disruptionsAllowed: 2 }, 'PodDisruptionBudget shop/web allows 2 now, and 2 pods are under it.'],
    [
      { disruptionsAllowed: 0, currentHealthy: 2 },
      'PodDisruptionBudget shop/web allows none now (2 of 3 pods healthy), and 2 pods are under it: it waits until more are healthy.',
    ],
    [
      { disruptionsAllowed: 0 },
      'PodDisruptionBudget shop/web allows none even with all 3 pods healthy, and 2 pods are under it: it will not let them go before it or the number of pods changes.',
    ],
  ])('says what a budget with %j leaves', async (status, sentence) => {
    const { draft } = await actionScene(...base, here('web-1'), here('web-2'), budget('web', 'web', status)).plan(
      asked,
    );
    expect(draft.notes).toContain(sentence);
  });

  it('goes on with the pods that are left when it is planned again', async () => {
    const scene = actionScene(...base, here('web-1'), here('web-2'));
    const { planned } = await scene.plan(asked);
    await scene.send(planned.operations.slice(0, 2));
    const again = await scene.plan(asked);
    expect(again.planned.operations).toMatchObject([{ verb: 'evict', target: { name: 'web-2' } }]);
    expect(again.planned.undo).toMatchObject({ operations: [] });
  });

  it('has succeeded when the node is cordoned and nothing is left that should go', async () => {
    const scene = actionScene(...base, here('web-1'), here('agent-1', { owner: daemonSetName }));
    const { planned } = await scene.plan(asked);
    await scene.send(planned.operations.slice(0, 1));
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: '1 pod still on Node worker-1: shop/web-1.',
    });
    scene.cluster.remove(podName('web-1'));
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Node worker-1 is cordoned and empty.' });
    await scene.undo(planned);
    expect((await scene.get(asked.target))['spec']).toEqual({});
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
