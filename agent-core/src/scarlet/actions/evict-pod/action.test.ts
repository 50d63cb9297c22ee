import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { budget, pod, podName, statefulSet, statefulSetName } from '../../testing/objects.ts';

const asked = { action: 'evict-pod', target: podName('db-1') };
const db1 = pod('db-1', { owner: statefulSetName, labels: { app: 'db' } });

describe('evict-pod', () => {
  it('evicts, and says what the budget leaves', async () => {
    const scene = actionScene(
      statefulSet(),
      db1,
      budget('db', 'db', { disruptionsAllowed: 1 }),
      budget('web', 'web', { disruptionsAllowed: 0 }),
    );
    const { planned, draft } = await scene.plan(asked);
    expect(planned).toMatchObject({
      risk: 'low',
      sentences: { doing: 'Evicting Pod shop/db-1, as its PodDisruptionBudget allows.' },
      operations: [{ verb: 'evict', target: { uid: 'uid-db-1' } }],
    });
    expect(draft.notes).toEqual([
      'StatefulSet shop/db makes another.',
      'PodDisruptionBudget shop/db allows 1 now, and 1 pod is under it.',
    ]);
    await scene.send(planned.operations);
    expect((await scene.verify(planned)).state).toBe('succeeded');
  });

  it('refuses while the budget allows none', async () => {
    expect(
      await actionScene(statefulSet(), db1, budget('db', 'db', { disruptionsAllowed: 0, currentHealthy: 1 })).refusal(
        asked,
      ),
    ).toBe('PodDisruptionBudget shop/db allows no disruption now (1 of 3 pods are healthy).');
  });

  it('counts a budget that its controller has not looked at as one that allows none', async () => {
    const unseen = budget('db', 'db', { disruptionsAllowed: 2 });
    expect(
      await actionScene(statefulSet(), db1, { ...unseen, metadata: { ...unseen.metadata, generation: 4 } }).refusal(
        asked,
      ),
    ).toContain('allows no disruption now');
  });

  it('refuses a pod under two budgets, which the server never evicts', async () => {
    const both = [budget('db', 'db', { disruptionsAllowed: 1 }), budget('all', 'db', { disruptionsAllowed: 1 })];
    expect(await actionScene(statefulSet(), db1, ...both).refusal(asked)).toBe(
      'Pod shop/db-1 is under 2 PodDisruptionBudgets (shop/all, shop/db), and the server evicts none that is under more than one.',
    );
  });

  it('refuses a pod that nothing makes anew, a static one, and one that is going', async () => {
    expect(await actionScene(pod('db-1')).refusal(asked)).toContain('nothing would make it anew');
    expect(
      await actionScene(pod('db-1', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'abc' } } })).refusal(
        asked,
      ),
    ).toContain('static pod');
    expect(
      await actionScene(pod('db-1', { metadata: { deletionTimestamp: '2026-01-01T11:59:00Z' } })).refusal(asked),
    ).toBe('Pod shop/db-1 is being deleted.');
  });
});
