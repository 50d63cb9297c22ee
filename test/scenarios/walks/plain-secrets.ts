import { expect } from 'vitest';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import { comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { deployment, jobSpec } from './workloads.ts';

const [first, second] = ['hunter2-of-the-first-revision', 'hunter2-of-the-second-revision'];

interface PodSpec {
  readonly containers: readonly { readonly env?: readonly { readonly name: string; readonly value?: string }[] }[];
}

function passwordIn(template: unknown): string | undefined {
  const { spec } = template as { readonly spec: PodSpec };
  return spec.containers[0]?.env?.find(({ name }) => name === 'DB_PASSWORD')?.value;
}

async function present({ read }: WalkScene, namespace: string): Promise<string | undefined> {
  return passwordIn((await read('Deployment', namespace, 'web'))?.spec['template']);
}

async function rolledOut({ read }: WalkScene, namespace: string): Promise<void> {
  await comesTrue('the Deployment is rolled out', async () => {
    const web = await read('Deployment', namespace, 'web');
    return (
      web?.status['observedGeneration'] === web?.metadata.generation &&
      web?.status['readyReplicas'] === 1 &&
      web.status['updatedReplicas'] === 1 &&
      web.status['replicas'] === 1
    );
  });
}

/** Neither the change as it is kept nor the audit log says them. */
async function expectUntold({ agent }: WalkScene, changes: readonly Change[]): Promise<void> {
  const options = { signal: AbortSignal.timeout(60_000) };
  const kept = await Promise.all(changes.map(async ({ id }) => await agent.client.change({ params: { id } }, options)));
  const { head } = await agent.client.auditRows({ query: { limit: 1 } }, options);
  const rows = await agent.client.auditRows({ query: { from: Math.max(1, head - 500), limit: 1000 } }, options);
  expect(JSON.stringify([kept, rows])).not.toContain('hunter2');
}

const comesBack: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web'));
  await rolledOut(scene, namespace);
  for (const value of [first, second]) {
    await scene.hand.must(['-n', namespace, 'set', 'env', 'deployment/web', `DB_PASSWORD=${value}`]);
    await rolledOut(scene, namespace);
  }
  const change = await scene.carryOut([request('rollout-undo', ['Deployment', namespace, 'web'], { toRevision: 2 })]);
  expect(change.state, change.says).toBe('succeeded');
  expect(await present(scene, namespace)).toBe(first);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect(await present(scene, namespace)).toBe(second);
  await expectUntold(scene, [change, back]);
};

const runsWith: Walk = async (scene) => {
  const value = 'hunter2-of-the-cron-job';
  const { template, ...spec } = jobSpec('report', `test -n "$DB_PASSWORD"`) as {
    readonly template: { readonly spec: PodSpec };
  };
  const containers = template.spec.containers.map((container) => ({
    ...container,
    env: [{ name: 'DB_PASSWORD', value }],
  }));
  const jobTemplate = { spec: { ...spec, template: { ...template, spec: { ...template.spec, containers } } } };
  const namespace = await scene.namespace({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'report' },
    spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate },
  });
  const change = await scene.carryOut([request('trigger-cronjob', ['CronJob', namespace, 'report'])]);
  expect(change.state, change.says).toBe('succeeded');
  expect(passwordIn((await scene.read('Job', namespace, 'report-manual-1'))?.spec['template'])).toBe(value);
  await expectUntold(scene, [change]);
};

export const plainSecretWalks: Readonly<Record<string, Walk>> = {
  'rollout-undo: a password that stands in plain comes back with its revision and is in no record': comesBack,
  'trigger-cronjob: the run has the password that stands in plain in the CronJob': runsWith,
};
