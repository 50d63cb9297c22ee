import { describe, expect, it } from 'vitest';
import type { Manifest } from '@autodevops/domain/change/operation';
import { actionScene } from '../../testing/action-scene.ts';
import type { Asked } from '../../testing/action-scene.ts';
import { deployment, named, object, pod } from '../../testing/objects.ts';

const name = named('autoscaling/v2', 'HorizontalPodAutoscaler', 'web');
const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

function scaler(maxReplicas: number, of = web, called = 'web'): Manifest {
  return object({ ...name, name: called }, { spec: { minReplicas: 1, maxReplicas, scaleTargetRef: of } });
}

function applying(spec: Readonly<Record<string, number | typeof web>>): Asked {
  return {
    action: 'apply-manifest',
    target: name,
    params: {
      manifest: {
        apiVersion: name.apiVersion,
        kind: name.kind,
        metadata: { name: name.name, namespace: 'shop' },
        spec,
      },
    },
    from: 'person',
  };
}

describe('an autoscaler that is applied', () => {
  it('touches the pods that go because of it', async () => {
    const scene = actionScene(deployment(), pod('web-1'), pod('web-2'), pod('web-3'));
    expect((await scene.plan(applying({ maxReplicas: 1, scaleTargetRef: web }))).draft.touches).toHaveLength(2);
    expect((await scene.plan(applying({ maxReplicas: 3, scaleTargetRef: web }))).draft.touches).toEqual([]);
  });

  it.each([
    [
      'more at once than adjusting one may',
      [scaler(3)],
      { maxReplicas: 13 },
      'maxReplicas 13 is more than 4 times the present 3.',
    ],
    ['bounds that exclude each other', [scaler(3)], { minReplicas: 4 }, 'minReplicas 4 would be above maxReplicas 3.'],
    [
      'another workload than it scales',
      [scaler(3)],
      { scaleTargetRef: { ...web, name: 'db' } },
      'The manifest lets HorizontalPodAutoscaler shop/web scale another workload than now.',
    ],
    [
      'a second one of a workload',
      [scaler(3, web, 'first')],
      { maxReplicas: 3, scaleTargetRef: web },
      'HorizontalPodAutoscaler first scales Deployment shop/web already: two would undo each other.',
    ],
    [
      'a workload that is not there',
      [],
      { maxReplicas: 3, scaleTargetRef: { ...web, name: 'db' } },
      'What HorizontalPodAutoscaler shop/web would scale does not exist.',
    ],
  ])('is refused for %s', async (_name, present, spec, sentence) => {
    expect(await actionScene(deployment(), ...present).refusal(applying(spec))).toBe(sentence);
  });
});
