import { expect } from 'vitest';
import { causeIn, comesTrue, request, seen } from './walk-scene.ts';
import type { Walk } from './walk-scene.ts';
import { job } from './workloads.ts';

/** Fails until somebody makes the ConfigMap that it reads. */
const needsSettings = job('import', 'cat /settings/mode || { echo "Error: /settings/mode does not exist"; exit 1; }', {
  volumes: [{ name: 'settings', configMap: { name: 'settings', optional: true } }],
});

function mounted(object: object): object {
  const {
    spec: {
      template: {
        spec: {
          containers: [container],
        },
      },
    },
  } = object as { spec: { template: { spec: { containers: object[] } } } };
  Object.assign(container ?? {}, { volumeMounts: [{ name: 'settings', mountPath: '/settings' }] });
  return object;
}

const finishedGoes: Walk = async (scene) => {
  const namespace = await scene.namespace(
    job('import', 'echo "Error: no such table"; exit 3'),
    job('long', 'sleep 1000'),
  );
  await expect(scene.agent.propose([request('delete-finished-job', ['Job', namespace, 'long'])])).rejects.toMatchObject(
    { code: 'change.refused', message: expect.stringContaining('has not finished') },
  );
  const { cause } = await causeIn(scene, namespace, 'job.backoff-limit');
  const change = await scene.carryOut([request('delete-finished-job', ['Job', namespace, 'import'])], cause);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  expect(change.plan.facts.reversible).toBe(false);
  expect(await scene.read('Job', namespace, 'import')).toBeUndefined();
};

const runsAgain: Walk = async (scene) => {
  const namespace = await scene.namespace(mounted(needsSettings));
  const { cause } = await causeIn(scene, namespace, 'pod.crash.file-missing');
  await scene.hand.must(['-n', namespace, 'create', 'configmap', 'settings', '--from-literal=mode=fast']);
  const change = await scene.carryOut([request('rerun-job', ['Job', namespace, 'import'])], cause);
  expect(change.state, change.says).toBe('succeeded');
  const run = await seen('the second run', () => scene.read('Job', namespace, 'import-rerun-1'), 5);
  expect(run.status['succeeded']).toBe(1);
  expect((await scene.read('Job', namespace, 'import'))?.status['failed']).toBe(1);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect(await scene.read('Job', namespace, 'import-rerun-1')).toBeUndefined();
};

const sameFault: Walk = async (scene) => {
  const namespace = await scene.namespace(job('import', 'echo "Error: no such table"; exit 3'));
  const { cause } = await causeIn(scene, namespace, 'job.backoff-limit');
  const change = await scene.carryOut([request('rerun-job', ['Job', namespace, 'import'])], cause);
  expect(change.state, change.says).toBe('undone');
  expect(change.says).toContain('import-rerun-1 failed: BackoffLimitExceeded');
  await comesTrue(
    'the second run is taken away',
    async () => (await scene.read('Job', namespace, 'import-rerun-1')) === undefined,
    20,
  );
};

export const jobWalks: Readonly<Record<string, Walk>> = {
  'delete-finished-job: a failed Job goes and its finding with it; one that runs is left': finishedGoes,
  'rerun-job: a Job whose fault was mended is run again, and Jamie calls it well': runsAgain,
  'rerun-job: a second run that fails too is taken back': sameFault,
};
