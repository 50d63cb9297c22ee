import { describe, expect, it } from 'vitest';
import { overlapOf } from './overlap.ts';
import { factsOfPlan, planOf, plannedAction } from '../testing/samples.ts';

const alone = {
  blastRadius: { objects: 1, services: [], namespaces: ['shop'], shareOfReadyEndpoints: 0 },
  workloads: [],
};
const plan = (name: string, facts: Parameters<typeof factsOfPlan>[0] = {}): ReturnType<typeof planOf> => ({
  ...planOf(plannedAction(name)),
  facts: factsOfPlan({ ...alone, ...facts }),
});

describe('two plans', () => {
  it('meet on an object, a workload or a Service', () => {
    expect(overlapOf(plan('web'), plan('web'))).toBe('Deployment/shop/web');
    expect(overlapOf(plan('web'), plan('api', { workloads: ['Deployment/shop/web'] }))).toBe('Deployment/shop/web');
    const behind = { blastRadius: { ...alone.blastRadius, services: ['shop/front'] } };
    expect(overlapOf(plan('web', behind), plan('api', behind))).toBe('Service shop/front');
  });

  it('do not meet only because they lie in one namespace', () => {
    expect(overlapOf(plan('web'), plan('api'))).toBeUndefined();
  });

  it('may meet anywhere in a namespace when it is not known how far one of them reaches', () => {
    const { blastRadius: _radius, ...facts } = plan('api').facts;
    expect(overlapOf(plan('web'), { ...plan('api'), facts })).toBe('namespace shop');
    expect(overlapOf({ ...plan('api'), facts }, plan('web'))).toBe('namespace shop');
  });
});
