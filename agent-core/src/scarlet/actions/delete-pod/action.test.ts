import { describe, expect, it } from 'vitest';
import { actionScene } from '../../testing/action-scene.ts';
import { budget, named, object, pod, podName, statefulSet, statefulSetName } from '../../testing/objects.ts';

const asked = { action: 'delete-pod', target: podName('db-1') };
const labels = { app: 'db' };
const db1 = pod('db-1', { owner: statefulSetName, labels });

describe('delete-pod', () => {
  it('deletes the pod that is there now, and says what makes another', async () => {
    const { planned, draft } = await actionScene(statefulSet(), db1).plan(asked);
    expect(planned).toMatchObject({
      risk: 'medium',
      sentences: { will: 'Delete Pod shop/db-1.' },
      undo: { operations: [], why: 'Nothing need be taken back: its controller makes another.' },
    });
    expect(planned.operations).toMatchObject([
      { verb: 'delete', target: { uid: 'uid-db-1', resourceVersion: '10' }, propagation: 'Background' },
    ]);
    expect(draft.notes).toEqual(['StatefulSet shop/db makes another.']);
    expect(draft.touches.map((touched) => touched.metadata.name)).toEqual(['db-1']);
  });

  it('says that scratch data is lost, and that a Job counts it as failed', async () => {
    const job = named('batch/v1', 'Job', 'import');
    const own = pod('db-1', { owner: job, spec: { volumes: [{ name: 'scratch', emptyDir: {} }] } });
    const { draft } = await actionScene(object(job), own).plan(asked);
    expect(draft.notes).toEqual([
      'Job shop/import makes another.',
      'What it keeps in emptyDir volumes is lost.',
      'Its Job counts it as failed.',
    ]);
  });

  it('refuses a pod that nothing makes anew, unless that is meant', async () => {
    const scene = actionScene(pod('db-1'));
    expect(await scene.refusal(asked)).toBe('Pod shop/db-1 has no controller: nothing would make it anew.');
    const { planned } = await scene.plan({ ...asked, params: { withoutController: true } });
    expect(planned).toMatchObject({
      risk: 'high',
      undo: { operations: [], why: 'A deleted pod cannot be brought back.' },
    });
  });

  it('takes a pod whose controller is gone as one without', async () => {
    expect(await actionScene(db1).refusal(asked)).toContain('nothing would make it anew');
    const anew = statefulSet();
    expect(
      await actionScene({ ...anew, metadata: { ...anew.metadata, uid: 'uid-of-another' } }, db1).refusal(asked),
    ).toContain('nothing would make it anew');
  });

  it('takes a controller of a foreign kind at its word', async () => {
    const foreign = pod('db-1', { owner: named('kafka.example/v1', 'PodSet', 'kafka') });
    expect((await actionScene(foreign).plan(asked)).draft.notes).toEqual(['PodSet shop/kafka makes another.']);
  });

  it('refuses a static pod', async () => {
    const mirror = pod('db-1', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'abc' } } });
    expect(await actionScene(mirror).refusal({ ...asked, params: { withoutController: true } })).toContain(
      'is a static pod',
    );
  });

  it('refuses a serving pod whose budget allows no disruption, though the server would not ask it', async () => {
    const full = budget('db', 'db', { disruptionsAllowed: 0, currentHealthy: 2 });
    expect(await actionScene(statefulSet(), db1, full).refusal(asked)).toBe(
      'PodDisruptionBudget shop/db allows no disruption now (2 of 3 pods are healthy).',
    );
  });

  it('deletes a pod that serves nobody whatever its budget says', async () => {
    const full = budget('db', 'db', { disruptionsAllowed: 0, currentHealthy: 2 });
    const { planned } = await actionScene(
      statefulSet(),
      pod('db-1', { owner: statefulSetName, labels, ready: false }),
      full,
    ).plan(asked);
    expect(planned.operations).toHaveLength(1);
  });

  it('waits until the pod has gone and the one of its name is ready', async () => {
    const scene = actionScene(statefulSet(), db1);
    const { planned } = await scene.plan(asked);
    expect(await scene.verify(planned)).toEqual({ state: 'waiting', says: 'Pod shop/db-1 is still there.' });
    await scene.send(planned.operations);
    expect(await scene.verify(planned)).toEqual({ state: 'succeeded', says: 'Pod shop/db-1 is gone.' });
    scene.cluster.put(pod('db-1', { owner: statefulSetName, labels, ready: false, metadata: { uid: 'uid-second' } }));
    expect(await scene.verify(planned)).toEqual({
      state: 'waiting',
      says: 'Pod shop/db-1 was made anew and is not ready yet.',
    });
    await scene.alter(podName('db-1'), {
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
  });
});
