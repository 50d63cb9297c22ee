import { expect } from 'vitest';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { claim, cronJob, deployment, mounting } from './workloads.ts';

async function isSuspended({ read }: WalkScene, namespace: string): Promise<boolean> {
  return (await read('CronJob', namespace, 'report'))?.spec['suspend'] === true;
}

function turned(action: 'suspend-cronjob' | 'resume-cronjob'): Walk {
  const suspends = action === 'suspend-cronjob';
  return async (scene) => {
    const namespace = await scene.namespace(cronJob('report', 'echo done', !suspends));
    const change = await scene.carryOut([request(action, ['CronJob', namespace, 'report'])]);
    expect(change.state, change.says).toBe('succeeded');
    expect(await isSuspended(scene, namespace)).toBe(suspends);
    await expect(scene.agent.propose([request(action, ['CronJob', namespace, 'report'])])).rejects.toMatchObject({
      code: 'change.refused',
    });
    const back = await scene.takeBack(change);
    expect(back.state, back.says).toBe('succeeded');
    expect(await isSuspended(scene, namespace)).toBe(!suspends);
  };
}

const runsNow: Walk = async (scene) => {
  const namespace = await scene.namespace(cronJob('report', 'echo done', true));
  const change = await scene.carryOut([request('trigger-cronjob', ['CronJob', namespace, 'report'])]);
  expect(change.state, change.says).toBe('succeeded');
  const run = await scene.read('Job', namespace, 'report-manual-1');
  expect(run?.status['succeeded']).toBe(1);
  expect(await isSuspended(scene, namespace), 'it stays suspended').toBe(true);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  await comesTrue(
    'the run is gone',
    async () => (await scene.read('Job', namespace, 'report-manual-1')) === undefined,
    20,
  );
};

/** Its program needs a word of a ConfigMap, which somebody has put right since; the next run is months away. */
const runsAfterFailure: Walk = async (scene) => {
  const settings = (mode: string): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { mode },
  });
  const mounted = { volumes: [{ name: 'settings', configMap: { name: 'settings' } }] };
  const mount = { volumeMounts: [{ name: 'settings', mountPath: '/settings' }] };
  const namespace = await scene.namespace(
    settings('none'),
    cronJob('report', 'grep -q daily /settings/mode', false, { pod: mounted, container: mount }),
  );
  await scene.hand.must(['-n', namespace, 'create', 'job', 'report-first', '--from=cronjob/report']);
  const { cause } = await causeIn(scene, namespace, 'job.backoff-limit');
  await scene.hand.must(['-n', namespace, 'apply', '-f', '-'], JSON.stringify(settings('daily')));
  const change = await scene.carryOut([request('trigger-cronjob', ['CronJob', namespace, 'report'])], cause);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
};

/** A program that serves what the runs of a suspended CronJob should write each minute, and is not ready before. */
const fedAgain: Walk = async (scene) => {
  const { pod, container } = mounting('data');
  const readinessProbe = { exec: { command: ['sh', '-c', 'test -e /data/page'] }, periodSeconds: 2 };
  const namespace = await scene.namespace(
    claim('data'),
    cronJob('report', 'date > /data/page', true, { pod, container, schedule: '* * * * *' }),
    deployment('web', { pod, container: { ...container, readinessProbe } }),
  );
  const { cause } = await causeIn(scene, namespace, 'pod.probe.app-unhealthy', 240);
  expect((await scene.agent.information(namespace)).map(({ code }) => code)).toContain('cronjob.suspended');
  const change = await scene.carryOut([request('resume-cronjob', ['CronJob', namespace, 'report'])], cause);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.says).toContain(`"${cause.title}" on`);
  expect((await scene.agent.information(namespace)).map(({ code }) => code)).not.toContain('cronjob.suspended');
};

export const cronJobWalks: Readonly<Record<string, Walk>> = {
  'suspend-cronjob: no new run begins, until it is taken back': turned('suspend-cronjob'),
  'resume-cronjob: it runs by its schedule again, until it is taken back': turned('resume-cronjob'),
  'resume-cronjob: a program gets again what the runs of a suspended CronJob write': fedAgain,
  'trigger-cronjob: a run that failed is made good by another one': runsAfterFailure,
  'trigger-cronjob: a suspended CronJob runs once, and the run can be taken away': runsNow,
};
