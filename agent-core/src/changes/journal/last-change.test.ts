import { expect, it } from 'vitest';
import { lastChangeOf } from './last-change.ts';
import { changeScene, deployment, request } from '../testing/change-scene.ts';
import { decisionOf } from '../testing/samples.ts';

it('the last change of an object is the newest that was executed', async () => {
  const scene = await changeScene({ objects: [deployment(), deployment('api')], decide: decisionOf('auto') });
  await scene.execute((await scene.propose([request('resize', 'web', { replicas: 3 })])).id);
  const second = await scene.propose([request('resize', 'web', { replicas: 4 })]);
  await scene.execute(second.id);
  await scene.propose([request('resize', 'web', { replicas: 5 })]);
  expect(await lastChangeOf(scene.store.changes, 'Deployment/shop/web')).toMatchObject({
    id: second.id,
    state: 'succeeded',
  });
  expect(await lastChangeOf(scene.store.changes, 'Deployment/shop/api')).toBeUndefined();
});
