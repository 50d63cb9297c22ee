import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { deployment, named, object, pod } from '../../testing/objects.ts';

const scalerName = named('autoscaling/v2', 'HorizontalPodAutoscaler', 'web');
const spec = {
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  minReplicas: 2,
  maxReplicas: 5,
};

function scaler(currentReplicas: number, fields: object = {}) {
  return object(scalerName, { spec: { ...spec, ...fields }, status: { currentReplicas } });
}

function asked(params: Readonly<Record<string, number>>) {
  return { action: 'adjust-autoscaler', target: scalerName, params };
}

describe('adjust-autoscaler', () => {
  it('raises the maximum of one that stands at it', async () => {
    const scene = actionScene(scaler(5));
    const { planned, draft } = await scene.plan(asked({ maxReplicas: 8 }));
    expect(planned).toMatchObject({
      risk: 'low',
      sentences: { will: 'Let HorizontalPodAutoscaler shop/web scale between 2 and 8 replicas instead of 2 and 5.' },
    });
    expect(planned.operations).toMatchObject([
      {
        steps: [
          { op: 'test', path: '/spec/maxReplicas', value: 5 },
          { op: 'replace', path: '/spec/maxReplicas', value: 8 },
        ],
      },
    ]);
    expect(draft.notes).toEqual(['It stands at its maximum of 5 now.']);
  });

  it('says which pods a lower maximum costs at once', async () => {
    const { planned, draft } = await actionScene(
      deployment(),
      scaler(3),
      pod('web-1'),
      pod('web-2'),
      pod('web-3'),
    ).plan(asked({ maxReplicas: 2 }));
    expect(draft.notes).toEqual(['1 replica of the present 3 will go at once.']);
    expect(draft.touches).toHaveLength(1);
    expect(planned.risk).toBe('medium');
  });

  it.each([
    ['what is so already', { minReplicas: 2 }, 'HorizontalPodAutoscaler shop/web has these bounds already.'],
    ['a minimum above the maximum', { minReplicas: 6 }, 'minReplicas 6 would be above maxReplicas 5.'],
    ['a leap', { maxReplicas: 21 }, 'maxReplicas 21 is more than 4 times the present 5.'],
  ])('refuses %s', async (_name, params, sentence) => {
    expect(await actionScene(scaler(3)).refusal(asked(params))).toBe(sentence);
  });

  it('refuses no bounds, none at all, and more than a hundred', async () => {
    expect(await actionScene(scaler(3)).refusal(asked({}))).toContain('says neither minReplicas nor maxReplicas');
    expect(await actionScene(scaler(3)).refusal(asked({ minReplicas: 0 }))).toContain('params.minReplicas');
    expect(await actionScene(scaler(3)).refusal(asked({ maxReplicas: 101 }))).toContain('params.maxReplicas');
  });

  it('takes an absent minimum as one', async () => {
    const { minReplicas: _absent, ...rest } = spec;
    const scene = actionScene(object(scalerName, { spec: rest, status: { currentReplicas: 1 } }));
    expect(await scene.refusal(asked({ minReplicas: 1 }))).toContain('has these bounds already');
    const planned = await scene.carryOut(asked({ minReplicas: 3 }));
    await scene.undo(planned);
    expect((await scene.get(scalerName))['spec']).toEqual(rest);
  });

  it('waits until the number is within the bounds', async () => {
    const scene = actionScene(deployment(), scaler(5));
    const planned = await scene.carryOut(asked({ maxReplicas: 4 }));
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'HorizontalPodAutoscaler shop/web stands at 5 and goes to between 2 and 4.',
    });
    await scene.alter(scalerName, { status: { currentReplicas: 4 } });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
