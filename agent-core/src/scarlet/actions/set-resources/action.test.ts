import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import {
  container,
  cronJob,
  cronJobName,
  deployment,
  deploymentName,
  named,
  node,
  object,
} from '../../testing/objects.ts';

const resources = { limits: { memory: '128Mi', cpu: '500m' }, requests: { memory: '64Mi' } };
const web = deployment({ containers: [container({ name: 'proxy' }), container({ resources })] });
const at = ['spec', 'template', 'spec', 'containers', 1, 'resources'];

function asked(params: Readonly<Record<string, Json>>) {
  return { action: 'set-resources', target: deploymentName, params: { container: 'app', ...params } };
}

function quota(hard: object, used: object) {
  return object(named('v1', 'ResourceQuota', 'small'), { spec: { hard }, status: { hard, used } });
}

function limitRange(item: object) {
  return object(named('v1', 'LimitRange', 'range'), { spec: { limits: [{ type: 'Container', ...item }] } });
}

describe('set-resources', () => {
  it('raises a limit of the container that is named, and leaves the rest', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ limits: { memory: '256Mi' } }));
    expect(planned.sentences.will).toBe(
      'Set the memory limit from 128Mi to 256Mi for container "app" of Deployment shop/web.',
    );
    expect(fieldAt(await scene.get(deploymentName), at)).toEqual({
      limits: { memory: '256Mi', cpu: '500m' },
      requests: { memory: '64Mi' },
    });
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'template', 'spec', 'containers', 0])).toEqual({
      name: 'proxy',
      image: 'shop/web:2',
    });
  });

  it('sends quantities as the server writes them', async () => {
    const scene = actionScene(web);
    await scene.carryOut(asked({ limits: { memory: '0.5Gi', cpu: '1000m' } }));
    expect(fieldAt(await scene.get(deploymentName), [...at, 'limits'])).toEqual({ memory: '512Mi', cpu: '1' });
  });

  it('sets several values where nothing was set', async () => {
    const scene = actionScene(deployment());
    const { draft, planned } = await scene.plan(asked({ limits: { memory: '256Mi', cpu: '1' } }));
    expect(draft.notes).toEqual([
      'It had no limit of cpu before.',
      'It had no limit of memory before: from now on it is killed above it.',
    ]);
    expect(planned.risk).toBe('medium');
    await scene.send(planned.operations);
    expect(
      fieldAt(await scene.get(deploymentName), ['spec', 'template', 'spec', 'containers', 0, 'resources']),
    ).toEqual({ limits: { cpu: '1', memory: '256Mi' } });
  });

  it('reaches into a CronJob, and init containers', async () => {
    const scene = actionScene(
      cronJob({
        spec: {
          jobTemplate: {
            spec: {
              template: {
                spec: { initContainers: [{ name: 'app', resources: { limits: { memory: '1Gi' } } }], containers: [] },
              },
            },
          },
        },
      }),
    );
    const planned = await scene.carryOut({ ...asked({ limits: { memory: '2Gi' } }), target: cronJobName });
    expect(
      fieldAt(await scene.get(cronJobName), [
        'spec',
        'jobTemplate',
        'spec',
        'template',
        'spec',
        'initContainers',
        0,
        'resources',
        'limits',
        'memory',
      ]),
    ).toBe('2Gi');
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'The next run of CronJob shop/report has it.',
    });
  });

  it.each([
    [
      'the same amount in other words',
      { limits: { memory: '131072Ki' } },
      'Container "app" of Deployment shop/web has these values already.',
    ],
    [
      'more than four times as much',
      { limits: { memory: '513Mi' } },
      '513Mi of memory is more than 4 times the present 128Mi.',
    ],
    ['more than 4 cores', { limits: { cpu: '4001m' } }, '4001m of cpu is more than the 4 that this action gives.'],
    ['nothing', { limits: { memory: '0' } }, '0 of memory is nothing.'],
    [
      'a request above the limit',
      { requests: { memory: '192Mi' } },
      'The request of 192Mi of memory would be above the limit of 128Mi.',
    ],
    [
      'less, where nothing is wrong',
      { limits: { memory: '96Mi' } },
      'This would lower the memory limit from 128Mi to 96Mi, and nothing is wrong with the present value.',
    ],
  ])('refuses %s', async (_name, params, sentence) => {
    expect(await actionScene(web, node('worker-1')).refusal(asked(params))).toBe(sentence);
  });

  it('refuses a request that names no value, or one that is none', async () => {
    expect(await actionScene(web).refusal(asked({}))).toContain('says no request and no limit');
    expect(await actionScene(web).refusal(asked({ limits: { memory: '-1Gi' } }))).toContain('not a quantity');
    expect(await actionScene(web).refusal(asked({ limits: { memory: null } }))).toContain('params.limits.memory');
  });

  it('refuses a container that is not there, with those that are near', async () => {
    const scene = actionScene(web);
    await expect(scene.plan(asked({ container: 'ap', limits: { memory: '256Mi' } }))).rejects.toMatchObject({
      message: 'Deployment shop/web has no container "ap".',
      remedy: expect.stringMatching(/^Did you mean app\? /),
    });
  });

  it('lowers a request that no node can give', async () => {
    const greedy = deployment({ containers: [container({ resources: { requests: { memory: '64Gi' } } })] });
    const { draft, planned } = await actionScene(greedy, node('worker-1')).plan(asked({ requests: { memory: '2Gi' } }));
    expect(draft.notes).toEqual(['No node has the 64Gi of memory that it requests.']);
    expect(planned.risk).toBe('medium');
  });

  it('lowers a limit that the namespace does not allow', async () => {
    const { draft } = await actionScene(web, limitRange({ max: { memory: '100Mi' } })).plan(
      asked({ limits: { memory: '100Mi' } }),
    );
    expect(draft.notes).toEqual(['LimitRange shop/range allows at most 100Mi of memory.']);
  });

  it('refuses what a LimitRange does not allow', async () => {
    expect(
      await actionScene(web, limitRange({ max: { memory: '200Mi' } })).refusal(asked({ limits: { memory: '256Mi' } })),
    ).toBe('LimitRange shop/range allows at most 200Mi of memory.');
    expect(
      await actionScene(web, limitRange({ maxLimitRequestRatio: { memory: '3' } })).refusal(
        asked({ limits: { memory: '256Mi' } }),
      ),
    ).toBe('LimitRange shop/range allows a limit of memory of at most 3 times the request.');
    expect(
      await actionScene(
        deployment(),
        limitRange({ default: { memory: '100Mi' }, defaultRequest: { memory: '50Mi' } }),
      ).refusal(asked({ requests: { memory: '128Mi' } })),
    ).toBe('LimitRange shop/range gives a default limit of memory below the request.');
  });

  it('refuses what a LimitRange does not allow for all containers of a pod together', async () => {
    const both = deployment({
      containers: [container({ name: 'proxy', resources: { limits: { memory: '300Mi' } } }), container({ resources })],
    });
    const whole = limitRange({ type: 'Pod', max: { memory: '512Mi' } });
    expect(await actionScene(both, whole).refusal(asked({ limits: { memory: '256Mi' } }))).toBe(
      'LimitRange shop/range allows at most 512Mi of memory for a whole pod.',
    );
    await actionScene(both, whole).plan(asked({ limits: { memory: '200Mi' } }));
  });

  it('refuses what a quota has no room for, for all replicas together', async () => {
    const full = quota({ 'limits.memory': '700Mi' }, { 'limits.memory': '384Mi' });
    expect(await actionScene(web, full).refusal(asked({ limits: { memory: '256Mi' } }))).toBe(
      'ResourceQuota shop/small leaves 316Mi of limits.memory, and 384Mi more is needed.',
    );
    await actionScene(web, full).plan(asked({ limits: { memory: '192Mi' } }));
  });

  it('says that an autoscaler may measure against the request', async () => {
    const scaler = object(named('autoscaling/v2', 'HorizontalPodAutoscaler', 'web'), {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5 },
    });
    const { draft } = await actionScene(web, scaler).plan(asked({ requests: { memory: '96Mi' } }));
    expect(draft.notes).toEqual([
      'HorizontalPodAutoscaler web may measure against the request and scale otherwise than before.',
    ]);
  });

  it('has succeeded after the rollout, and failed when something put it back', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ limits: { cpu: '1' } }));
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.undo(planned);
    expect(await scene.verify(planned)).toEqual({
      state: 'failed',
      says: 'Deployment shop/web does not have the cpu limit of 1 any more: something put it back.',
    });
  });

  it('is taken back, unless another container stands in its place by then', async () => {
    const scene = actionScene(web);
    const planned = await scene.carryOut(asked({ limits: { memory: '256Mi' } }));
    await scene.undo(planned);
    expect(fieldAt(await scene.get(deploymentName), at)).toEqual(resources);
    await scene.send(planned.operations);
    const grown = { ...resources, limits: { ...resources.limits, memory: '256Mi' } };
    await scene.alter(deploymentName, {
      spec: deployment({ containers: [container(), container({ name: 'other', resources: grown })] })['spec'],
    });
    await expect(scene.undo(planned)).rejects.toMatchObject({ name: 'AutoDevOpsError' });
  });
});
