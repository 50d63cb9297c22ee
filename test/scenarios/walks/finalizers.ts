import { expect } from 'vitest';
import { causeIn, request } from './walk-scene.ts';
import type { Walk } from './walk-scene.ts';

const finalizer = 'records.example.com/archive';
const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', finalizers: [finalizer] },
  data: { mode: 'fast' },
};

/** By the clock of the API server: for five minutes it is left to whoever set the finalizer. */
const heldForMinutes: Walk = async (scene) => {
  const namespace = await scene.namespace(settings);
  await scene.hand.must(['-n', namespace, 'delete', 'configmap', 'settings', '--wait=false']);
  const { cause } = await causeIn(scene, namespace, 'object.deletion.finalizer', 420);
  const change = await scene.carryOut(
    [request('remove-finalizer', ['ConfigMap', namespace, 'settings'], { finalizer })],
    cause,
  );
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  expect(await scene.read('ConfigMap', namespace, 'settings')).toBeUndefined();
};

export const finalizerWalks: Readonly<Record<string, Walk>> = {
  'remove-finalizer: an object that nobody lets go is gone, and its finding with it': heldForMinutes,
};
