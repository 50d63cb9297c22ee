import { describe, expect, it } from 'vitest';
import type { Change } from '@autodevops/domain/change/change';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { planAction, verifyAction } from '../../scarlet/plan-action.ts';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import {
  container,
  cronJobName,
  deployment,
  deploymentName,
  named,
  object,
  replicaSet,
  template,
} from '../../scarlet/testing/objects.ts';
import { approve } from '../approving/approve.ts';
import { execute } from '../execution/execute.ts';
import { propose } from '../approving/propose.ts';
import { changeScene, refusalOf, signal } from '../testing/change-scene.ts';
import type { ChangeScene, Desk } from '../testing/change-scene.ts';
import { ann, bob } from '../testing/samples.ts';
import { undoRequests, withUndo } from '../undoing/undo-change.ts';

const hostile = [
  'hunter2-now',
  '\nleading',
  ')closing',
  '"quoted',
  'two\nlines',
  '$&',
  '{{x}}',
  '[redacted]',
  '日本語',
  '\u0000nul',
  'x'.repeat(5000),
];
const before = 'hunter2-before';
const envAt = ['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'];

function withPassword(value: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return container({
    image: 'shop/web:2',
    env: [{ name: 'DB_PASSWORD', value }],
    args: ['--verbose', '--token', `${value}-flag`],
    ...more,
  });
}

const stands = {
  status: { observedGeneration: 99, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 },
};

function rollout(now: string): readonly Manifest[] {
  return [
    { ...deployment({ containers: [withPassword(now)] }), ...stands },
    replicaSet('web-old', 6, { containers: [withPassword(before, { image: 'shop/web:1' })] }),
    replicaSet('web-new', 7, { containers: [withPassword(now)] }),
  ];
}

const back: ActionRequest = {
  action: 'rollout-undo',
  target: { ...deploymentName, uid: '' },
  params: { toRevision: 6 },
};

interface Scene extends Pick<ChangeScene, 'store' | 'cluster'> {
  readonly desk: Desk;
  readonly ask: (...requests: readonly ActionRequest[]) => Promise<Change>;
  readonly carryOut: (change: Change) => Promise<Change>;
  readonly now: (path: readonly (string | number)[]) => Promise<unknown>;
  /** Everything that is written down or sent to those who follow. */
  readonly recorded: () => Promise<string>;
}

async function scene(objects: readonly Manifest[]): Promise<Scene> {
  const { desk: plain, store, cluster } = await changeScene({ objects });
  const desk: Desk = {
    ...plain,
    ground: { cluster, planner: withUndo({ plan: planAction, verify: verifyAction }, store.changes, plain.diagnose) },
  };
  let keys = 0;
  return {
    desk,
    store,
    cluster,
    ask: async (...requests) =>
      await propose(
        {
          requests,
          requester: ann,
          reason: { text: 'Ann wants it.' },
          idempotencyKey: `key-${++keys}`,
          direct: false,
          signal,
        },
        desk,
      ),
    carryOut: async ({ id, digest }) => {
      await approve({ id, digest, actor: bob, signal }, desk);
      return await execute(id, desk, signal);
    },
    now: async (path) => fieldAt(await cluster.get(deploymentName, { signal }), path),
    recorded: async () =>
      JSON.stringify([
        await Promise.all((await store.changes.list({ limit: 100 })).map(({ id }) => store.changes.read(id))),
        await store.audit.rows({ from: 1, limit: 1000 }),
        await store.outbox.after(0, 1000),
      ]),
  };
}

describe('a value that looks like a secret', () => {
  it.each(hostile)('is sent and taken back exactly, and stands nowhere in the record: %j', async (value) => {
    const at = await scene(rollout(value));
    const change = await at.ask(back);
    expect(change.plan.diff.find(({ path }) => path.includes('DB_PASSWORD'))).toMatchObject({
      before: '[redacted]',
      after: '[redacted]',
    });
    const end = await at.carryOut(change);
    expect([end.state, end.says, await at.now(envAt)]).toEqual(['succeeded', end.says, before]);
    expect(await at.now(['spec', 'template', 'spec', 'containers', 0, 'args', 2])).toBe(`${before}-flag`);
    const taken = await at.carryOut(await at.ask(...undoRequests(end)));
    expect([
      taken.state,
      await at.now(envAt),
      await at.now(['spec', 'template', 'spec', 'containers', 0, 'args', 2]),
    ]).toEqual(['succeeded', value, `${value}-flag`]);
    const record = await at.recorded();
    expect(record).not.toContain(before);
    if (value !== '[redacted]') expect(record).not.toContain(JSON.stringify(value).slice(1, -1));
  });

  it('is put back when a change does not help', async () => {
    const at = await scene(
      rollout('hunter2-now').map((one) =>
        one.kind === 'Deployment' ? { ...one, status: { observedGeneration: 1 } } : one,
      ),
    );
    const end = await at.carryOut(await at.ask(back));
    expect([end.state, await at.now(envAt)]).toEqual(['undone', 'hunter2-now']);
  });

  it('is recognised as sent when the answer was lost', async () => {
    const at = await scene(rollout('hunter2-now'));
    const change = await at.ask(back);
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, at.desk);
    at.cluster.failNext({ done: true });
    const end = await execute(change.id, at.desk, signal);
    expect([end.state, await at.now(envAt)]).toEqual(['succeeded', before]);
    expect(at.cluster.effects).toHaveLength(1);
  });

  it('is not told on by a server that quotes what it refuses', async () => {
    const at = await scene(rollout('hunter2-now'));
    const change = await at.ask(back);
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, at.desk);
    at.cluster.failNext({
      done: false,
      error: new AutoDevOpsError(
        'cluster.invalid',
        `admission refused env DB_PASSWORD: ${before} is too weak`,
        'Choose another.',
      ),
    });
    const end = await execute(change.id, at.desk, signal);
    expect(end.says).toContain('DB_PASSWORD: [redacted] is too weak');
    expect(await at.recorded()).not.toContain(before);
  });

  it('is what people agreed to: nothing is done when another one stands there by then', async () => {
    const at = await scene(rollout('hunter2-now'));
    const change = await at.ask(back);
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, at.desk);
    const [workload] = rollout('hunter2-other');
    at.cluster.put(workload ?? {});
    at.cluster.put(replicaSet('web-newer', 8, { containers: [withPassword('hunter2-other')] }));
    expect((await refusalOf(execute(change.id, at.desk, signal))).code).toBe('change.stale');
    expect(await at.now(envAt)).toBe('hunter2-other');
  });

  it('cannot be sent once the revision that held it is gone, and that is said', async () => {
    const at = await scene(rollout('hunter2-now'));
    const end = await at.carryOut(await at.ask(back));
    at.cluster.remove(named('apps/v1', 'ReplicaSet', 'web-new'));
    expect((await refusalOf(at.ask(...undoRequests(end)))).message).toBe(
      'A value that is not recorded cannot be read any more: ReplicaSet shop/web-new, which held it, is gone.',
    );
    expect(await at.now(envAt)).toBe(before);
  });

  it('is not taken from an object that was made anew under the same name', async () => {
    const at = await scene(rollout('hunter2-now'));
    const end = await at.carryOut(await at.ask(back));
    at.cluster.remove(named('apps/v1', 'ReplicaSet', 'web-new'));
    const planted = replicaSet('web-new', 7, { containers: [withPassword('planted')] });
    at.cluster.put({ ...planted, metadata: { ...planted.metadata, uid: 'another' } });
    expect((await refusalOf(at.ask(...undoRequests(end)))).message).toContain('is gone');
  });
});

describe('a run that is started again', () => {
  const cronJob = object(cronJobName, {
    spec: {
      schedule: '@daily',
      jobTemplate: { spec: { template: template([withPassword('hunter2-cron')], 'report') } },
    },
  });
  const run: ActionRequest = { action: 'trigger-cronjob', target: { ...cronJobName, uid: '' }, params: {} };

  it('has the secrets of what it is a run of, and the record does not', async () => {
    const at = await scene([cronJob]);
    const change = await at.ask(run);
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, at.desk);
    await execute(change.id, at.desk, signal).catch(() => undefined);
    const made = at.cluster.effects.find(({ operation }) => operation.verb === 'create')?.operation;
    expect(fieldAt(made, ['object', ...envAt])).toBe('hunter2-cron');
    expect(made).not.toHaveProperty('withheld');
    expect(await at.recorded()).not.toContain('hunter2');
  });

  it('is not started from a template that was changed since it was agreed to', async () => {
    const at = await scene([cronJob]);
    const change = await at.ask(run);
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, at.desk);
    at.cluster.put({
      ...cronJob,
      metadata: { ...cronJob.metadata, generation: 4 },
      spec: {
        schedule: '@daily',
        jobTemplate: { spec: { template: template([withPassword('hunter2-other')], 'report') } },
      },
    });
    expect((await refusalOf(execute(change.id, at.desk, signal))).code).toBe('change.stale');
    expect(at.cluster.effects).toEqual([]);
  });
});

describe('a secret that stands in plain, and is to come from a Secret', () => {
  const login = object(named('v1', 'Secret', 'login'), { type: 'Opaque', data: { password: 'eA==' } });
  const refer: ActionRequest = {
    action: 'set-environment',
    target: { ...deploymentName, uid: '' },
    params: { container: 'app', name: 'DB_PASSWORD', secretKey: { name: 'login', key: 'password' } },
  };

  it('is put back from the revision that holds it', async () => {
    const at = await scene([...rollout('hunter2-now'), login]);
    const end = await at.carryOut(await at.ask(refer));
    expect([end.state, await at.now(envAt)]).toEqual(['succeeded', undefined]);
    await at.carryOut(await at.ask(...undoRequests(end)));
    expect(await at.now(envAt)).toBe('hunter2-now');
    expect(await at.recorded()).not.toContain('hunter2');
  });

  it('is replaced where no revision holds it too, and then cannot be put back', async () => {
    const [workload] = rollout('hunter2-now');
    const at = await scene([workload ?? login, login]);
    const change = await at.ask(refer);
    expect(change.plan.actions[0]?.undo.operations).toEqual([]);
    expect(change.plan.actions[0]?.operations[0]).toMatchObject({
      steps: expect.arrayContaining([
        { op: 'test', path: '/spec/template/spec/containers/0/env/0/name', value: 'DB_PASSWORD' },
      ]),
    });
    expect([(await at.carryOut(change)).state, await at.now(envAt)]).toEqual(['succeeded', undefined]);
    expect(await at.recorded()).not.toContain('hunter2');
  });
});

describe('what stands nowhere else', () => {
  it('is not put back, and that is said before anybody agrees', async () => {
    const [workload] = rollout('hunter2-now');
    const annotated = {
      ...workload,
      metadata: { ...workload?.metadata, annotations: { 'example.com/password': 'hunter2-annotation' } },
    } as Manifest;
    const at = await scene([annotated]);
    const change = await at.ask({
      action: 'annotate-object',
      target: { ...deploymentName, uid: '' },
      params: { annotations: { 'example.com/password': null } },
    });
    expect(change.plan.actions[0]?.undo).toMatchObject({
      operations: [],
      why: expect.stringContaining('cannot be put back'),
    });
    expect(change.plan.facts.reversible).toBe(false);
    expect(await at.recorded()).not.toContain('hunter2');
  });
});
