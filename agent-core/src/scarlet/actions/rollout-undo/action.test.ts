import { describe, expect, it } from 'vitest';
import { fieldAt } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import {
  container,
  deployment,
  deploymentName,
  named,
  node,
  object,
  ownedBy,
  pod,
  replicaSet,
  statefulSet,
  statefulSetName,
  template,
} from '../../testing/objects.ts';

const older = replicaSet('web-old', 6, { containers: [container({ image: 'shop/web:1' })] });
const present = replicaSet('web-new', 7);
const asked = { action: 'rollout-undo', target: deploymentName, params: { toRevision: 6 } };
const holding = (...images: readonly string[]) => node('worker-1', { status: { images: [{ names: images }] } });

/** A StatefulSet keeps its revisions as patches of the whole template. */
function controllerRevision(name: string, revision: number, image: string) {
  return object(
    named('apps/v1', 'ControllerRevision', name),
    { revision, data: { spec: { template: { ...template([container({ image })], 'db'), $patch: 'replace' } } } },
    ownedBy(statefulSetName),
  );
}

describe('rollout-undo', () => {
  it('puts back only the fields that differ', async () => {
    const { planned } = await actionScene(deployment(), older, present).plan(asked);
    expect(planned.sentences.will).toBe('Return Deployment shop/web to revision 6.');
    expect(planned.operations[0]).toMatchObject({
      verb: 'patch',
      steps: [
        { op: 'test', path: '/spec/template/spec/containers/0/image', value: 'shop/web:2' },
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'shop/web:1' },
      ],
    });
  });

  it('puts back added and removed fields too, and the labels without the hash', async () => {
    const before = replicaSet('web-old', 6, { containers: [container({ image: 'shop/web:2', args: ['--fast'] })] });
    const now = deployment({ containers: [container({ env: [{ name: 'MODE', value: 'slow' }] })] });
    const scene = actionScene(now, before, present);
    await scene.carryOut(asked);
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'template'])).toEqual({
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'shop/web:2', args: ['--fast'] }] },
    });
  });

  it('says that the revision works now, and that its image is on nodes', async () => {
    const serving = replicaSet('web-old', 6, {
      containers: [container({ image: 'shop/web:1' })],
      status: { replicas: 2, readyReplicas: 2 },
    });
    const { planned, draft } = await actionScene(deployment(), serving, present, holding('docker.io/shop/web:1')).plan(
      asked,
    );
    expect(draft.notes).toEqual([
      'Revision 6 is known to work: 2 of its 2 pods are ready now.',
      'Its images are on nodes of this cluster.',
    ]);
    expect(planned.risk).toBe('low');
  });

  it('does not say that a revision works whose configuration is that of the present template, which may be what broke', async () => {
    const reading = (image: string) =>
      container({ image, envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'keys' } }] });
    const serving = replicaSet('web-old', 6, {
      containers: [container({ image: 'shop/web:1', envFrom: [{ configMapRef: { name: 'settings' } }] })],
      status: { replicas: 2, readyReplicas: 2 },
    });
    const { draft } = await actionScene(deployment({ containers: [reading('shop/web:2')] }), serving, present).plan(
      asked,
    );
    expect(draft.notes[0]).toBe(
      'Of revision 6, 2 of its 2 pods are ready now. It reads ConfigMap shop/settings as the present template does: what is wrong in there is not mended by it.',
    );
  });

  it('says what is not known of a revision without pods, and takes the risk as higher', async () => {
    const { planned, draft } = await actionScene(deployment(), older, present, holding('docker.io/shop/web:9')).plan(
      asked,
    );
    expect(draft.notes).toEqual([
      'Whether revision 6 was ever healthy cannot be seen: it has no pods now.',
      'No node lists shop/web:1: whether the registry still has it is not known.',
    ]);
    expect(planned.risk).toBe('medium');
  });

  it('says that the revision needs a ConfigMap that is gone', async () => {
    const needing = replicaSet('web-old', 6, {
      containers: [container({ envFrom: [{ configMapRef: { name: 'settings' } }] })],
    });
    const { planned, draft } = await actionScene(deployment(), needing, present).plan(asked);
    expect(draft.notes).toContain('Its pods cannot start: ConfigMap shop/settings is missing.');
    expect(planned.risk).toBe('high');
  });

  it('refuses the present template, by whatever number', async () => {
    expect(await actionScene(deployment(), older, present).refusal({ ...asked, params: { toRevision: 7 } })).toBe(
      'Revision 7 of Deployment shop/web is its present template.',
    );
  });

  it('refuses a revision that is not kept, naming those that are', async () => {
    const scene = actionScene(deployment(), older, present);
    await expect(scene.plan({ ...asked, params: { toRevision: 2 } })).rejects.toMatchObject({
      message: 'Deployment shop/web has no revision 2 any more.',
      remedy: 'It has 7, 6. This is a precondition of rollout-undo: no policy lifts it.',
    });
  });

  it('leaves out ReplicaSets of an earlier Deployment of the same name', async () => {
    const foreign = {
      ...older,
      metadata: {
        ...older.metadata,
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'uid-before', controller: true },
        ],
      },
    };
    expect(await actionScene(deployment(), foreign, present).refusal(asked)).toContain('has no revision 6 any more');
  });

  it('refuses a paused rollout', async () => {
    expect(await actionScene(deployment({ spec: { paused: true } }), older, present).refusal(asked)).toContain(
      'is paused',
    );
  });

  it('refuses a ReplicaSet in favour of its Deployment', async () => {
    expect(
      await actionScene(deployment(), older, present).refusal({
        ...asked,
        target: named('apps/v1', 'ReplicaSet', 'web-old'),
      }),
    ).toBe('ReplicaSet shop/web-old belongs to Deployment shop/web; rollout-undo on it would not last.');
  });

  it('returns a StatefulSet to a ControllerRevision, and says that its stuck pod has to be deleted', async () => {
    const ready = pod('db-0', { labels: { app: 'db', 'controller-revision-hash': 'db-1' } });
    const stuck = pod('db-1', { ready: false, labels: { app: 'db', 'controller-revision-hash': 'db-2' } });
    const scene = actionScene(
      statefulSet({ status: { readyReplicas: 1 } }),
      controllerRevision('db-1', 1, 'shop/web:1'),
      controllerRevision('db-2', 2, 'shop/web:2'),
      ready,
      stuck,
    );
    const request = { ...asked, target: statefulSetName, params: { toRevision: 1 } };
    const { draft } = await scene.plan(request);
    expect(draft.notes).toContain('Revision 1 is known to work: 1 of its 1 pod is ready now.');
    expect(draft.notes).toContain('A pod that never became ready is not replaced by itself: delete it afterwards.');
    await scene.carryOut(request);
    expect(fieldAt(await scene.get(statefulSetName), ['spec', 'template'])).toEqual(
      template([container({ image: 'shop/web:1' })], 'db'),
    );
  });

  it('has succeeded when the rollout has', async () => {
    const scene = actionScene(deployment(), older, present);
    const planned = await scene.carryOut(asked);
    expect((await scene.verify(planned)).state).toBe('waiting');
    await scene.alter(deploymentName, {
      status: { observedGeneration: 4, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
    });
    expect((await scene.verify(planned)).state).toBe('succeeded');
    await scene.alter(deploymentName, {
      status: {
        observedGeneration: 4,
        replicas: 4,
        updatedReplicas: 1,
        conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
      },
    });
    expect((await scene.verify(planned)).state).toBe('failed');
  });

  it('is taken back to the template that stood before', async () => {
    const scene = actionScene(deployment(), older, present);
    await scene.undo(await scene.carryOut(asked));
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'template'])).toEqual(template());
  });

  it('is not taken back when somebody has changed the field since', async () => {
    const scene = actionScene(deployment(), older, present);
    const planned = await scene.carryOut(asked);
    await scene.alter(deploymentName, {
      spec: deployment({ containers: [container({ image: 'shop/web:3' })] })['spec'],
    });
    await expect(scene.undo(planned)).rejects.toMatchObject({ name: 'AutoDevOpsError' });
    expect(fieldAt(await scene.get(deploymentName), ['spec', 'template', 'spec', 'containers', 0, 'image'])).toBe(
      'shop/web:3',
    );
  });
});
