import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import {
  container,
  deployment,
  deploymentName,
  named,
  object,
  pod,
  replicaSet,
  statefulSet,
  statefulSetName,
} from '../../testing/objects.ts';

const asked = { action: 'scale', target: deploymentName, params: { replicas: 5 } };

function scaler(minReplicas: number, maxReplicas: number) {
  return object(named('autoscaling/v2', 'HorizontalPodAutoscaler', 'web'), {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas, maxReplicas },
  });
}

describe('scale', () => {
  it('sets the number of replicas', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked);
    expect(planned.sentences.will).toBe('Scale Deployment shop/web from 3 to 5 replicas.');
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'replicas'])).toBe(5);
  });

  it('takes an absent number as one', async () => {
    const { planned } = await actionScene(
      object(deploymentName, { spec: { selector: { matchLabels: { app: 'web' } } } }),
    ).plan(asked);
    expect(planned.sentences.will).toBe('Scale Deployment shop/web from 1 to 5 replicas.');
  });

  it('touches the last pods of a StatefulSet, and ready ones of a Deployment', async () => {
    const db = [10, 2, 9].map((ordinal) => pod(`db-${ordinal}`, { labels: { app: 'db' } }));
    const down = { ...asked, params: { replicas: 1 } };
    const stateful = await actionScene(statefulSet(), ...db).plan({ ...down, target: statefulSetName });
    expect(stateful.draft.touches.map((touched) => touched.metadata.name)).toEqual(['db-10', 'db-9']);
    const web = [pod('web-1', { ready: false }), pod('web-2'), pod('web-3')];
    const { draft } = await actionScene(deployment(), ...web).plan(down);
    expect(draft.touches.map((touched) => touched.metadata.name)).toEqual(['web-2', 'web-3']);
  });

  it('takes going to nothing as a high risk', async () => {
    expect((await actionScene(deployment()).plan({ ...asked, params: { replicas: 0 } })).planned.risk).toBe('high');
  });

  it('refuses to let volumes go with the pods of a StatefulSet that is set so', async () => {
    const spec = {
      persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' },
      volumeClaimTemplates: [{ metadata: { name: 'data' } }],
    };
    const scene = actionScene(statefulSet({ spec }));
    expect(await scene.refusal({ ...asked, target: statefulSetName, params: { replicas: 2 } })).toBe(
      'The volumes of the pods that go would be deleted: persistentVolumeClaimRetentionPolicy.whenScaled of StatefulSet shop/db is Delete.',
    );
    expect(
      (await scene.plan({ ...asked, target: statefulSetName, params: { replicas: 4 } })).planned.operations,
    ).toHaveLength(1);
  });

  it('refuses what it has already, what is paused, and what it may not', async () => {
    expect(await actionScene(deployment()).refusal({ ...asked, params: { replicas: 3 } })).toBe(
      'Deployment shop/web is to have 3 replicas already.',
    );
    expect(await actionScene(deployment({ spec: { paused: true } })).refusal(asked)).toContain('is paused');
    expect(await actionScene(deployment()).refusal({ ...asked, params: { replicas: 101 } })).toContain(
      'params.replicas',
    );
    expect(await actionScene(deployment()).refusal({ ...asked, params: { replicas: -1 } })).toContain(
      'params.replicas',
    );
  });

  it('refuses a ReplicaSet in favour of its Deployment', async () => {
    expect(
      await actionScene(deployment(), replicaSet('web-old', 6)).refusal({
        ...asked,
        target: named('apps/v1', 'ReplicaSet', 'web-old'),
      }),
    ).toBe('ReplicaSet shop/web-old belongs to Deployment shop/web, which puts its number of replicas back.');
  });

  it('refuses what an autoscaler would put back, and says when one may put another number', async () => {
    expect(await actionScene(deployment(), scaler(2, 4)).refusal(asked)).toBe(
      'HorizontalPodAutoscaler web keeps it between 2 and 4 replicas and would put 5 back.',
    );
    expect((await actionScene(deployment(), scaler(2, 6)).plan(asked)).draft.notes).toEqual([
      'HorizontalPodAutoscaler web scales this workload too and may put another number.',
    ]);
    expect(
      (await actionScene(deployment(), scaler(2, 6)).plan({ ...asked, params: { replicas: 0 } })).draft.notes,
    ).toEqual(['HorizontalPodAutoscaler web is off while there are no replicas.']);
  });

  it('refuses what a quota has no room for', async () => {
    const hard = { 'limits.memory': '2Gi', pods: '10' };
    const quota = object(named('v1', 'ResourceQuota', 'small'), {
      spec: { hard },
      status: { hard, used: { 'limits.memory': '1536Mi', pods: '3' } },
    });
    const web = deployment({ containers: [container({ resources: { limits: { memory: '512Mi' } } })] });
    expect(await actionScene(web, quota).refusal(asked)).toBe(
      'ResourceQuota shop/small leaves 512Mi of limits.memory, and 1Gi more is needed.',
    );
    await actionScene(web, quota).plan({ ...asked, params: { replicas: 4 } });
  });

  it('waits for as many ready pods as wanted, of whatever revision', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).says).toContain('has not been looked at');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 5, readyReplicas: 3, updatedReplicas: 1 },
    });
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Deployment shop/web has 5 of 5 replicas, 3 ready.',
    });
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 5, readyReplicas: 5, updatedReplicas: 1 },
    });
    expect(await scene.verify(planned)).toEqual({
      state: 'succeeded',
      says: 'All 5 replicas of Deployment shop/web are ready.',
    });
  });

  it('is taken back, and has then failed', async () => {
    const scene = actionScene(deployment());
    const planned = await scene.carryOut(asked);
    await scene.undo(planned);
    expect((await scene.get(deploymentName))['spec']).toEqual(deployment()['spec']);
    expect((await scene.verify(planned)).state).toBe('failed');
  });
});
