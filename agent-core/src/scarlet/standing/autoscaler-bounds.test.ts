import { describe, expect, it } from 'vitest';
import { named, object } from '../testing/objects.ts';
import { boundsOf, checkBounds, somePodsOf } from './autoscaler-bounds.ts';
import { actionScene } from '../testing/action-scene.ts';

const scaler = (spec: object) => object(named('autoscaling/v2', 'HorizontalPodAutoscaler', 'web'), { spec });

describe('the bounds of an autoscaler', () => {
  it('are one replica each where nothing is said', () => {
    expect(boundsOf(scaler({}))).toEqual({ min: 1, max: 1 });
    expect(boundsOf(scaler({ minReplicas: 0, maxReplicas: 9 }))).toEqual({ min: 0, max: 9 });
  });

  it.each([[{ min: 2, max: 2 }], [{ min: 1, max: 40 }], [{ min: 0, max: 1 }]])(
    'may become %j from 1 to 10',
    (after) => {
      expect(() => checkBounds({ min: 1, max: 10 }, after)).not.toThrow();
    },
  );

  it.each([
    [{ min: 3, max: 2 }, 'minReplicas 3 would be above maxReplicas 2.'],
    [{ min: 1, max: 41 }, 'maxReplicas 41 is more than 4 times the present 10.'],
  ])('may not become %j from 1 to 10', (after, message) => {
    expect(() => checkBounds({ min: 1, max: 10 }, after)).toThrow(
      expect.objectContaining({ code: 'change.refused', message }),
    );
  });
});

it('no pods stand for a workload that is not there, or for none that go', async () => {
  const { live } = actionScene();
  expect(await somePodsOf(undefined, 3, live)).toEqual([]);
  expect(await somePodsOf(scaler({}), 0, live)).toEqual([]);
});
