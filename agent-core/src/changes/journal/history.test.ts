import { describe, expect, it } from 'vitest';
import { historySince } from './history.ts';
import { changeScene, deployment, request } from '../testing/change-scene.ts';
import { decisionOf } from '../testing/samples.ts';

describe('what budgets count', () => {
  it('is what began or may begin at any moment, with its rules and workloads', async () => {
    const scene = await changeScene({
      objects: ['web', 'api', 'db'].map((name) => deployment(name)),
      decide: async ({ actions }) => decisionOf(actions[0]?.request.target.name === 'db' ? 'one' : 'auto'),
    });
    const done = await scene.propose([request('resize', 'web', { replicas: 3 })]);
    await scene.execute(done.id);
    const ready = await scene.propose([request('resize', 'api', { replicas: 3 })]);
    await scene.propose([request('resize', 'db', { replicas: 3 })]);
    const { changes } = await historySince(scene.store.changes, '2026-01-01T00:00:00.000Z', '');
    expect(changes.map(({ workloads }) => workloads)).toEqual([['Deployment/shop/api'], ['Deployment/shop/web']]);
    expect(changes[0]?.rules).toEqual(['default']);
    expect((await historySince(scene.store.changes, '2026-01-01T00:00:00.000Z', ready.id)).changes).toHaveLength(1);
  });

  it('is nothing of before', async () => {
    const scene = await changeScene({ decide: decisionOf('auto') });
    await scene.execute((await scene.propose([request('resize', 'web', { replicas: 3 })])).id);
    scene.clock.pass(3_600_000);
    expect((await historySince(scene.store.changes, new Date(scene.clock.now()).toISOString(), '')).changes).toEqual(
      [],
    );
  });
});
