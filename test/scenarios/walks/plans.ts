import { expect } from 'vitest';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../../packages/domain/src/change/plan.ts';
import { request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { cronJob, deployment } from './workloads.ts';

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'slow' } };

/** One step each, so that their order shows. */
function plan(namespace: string, last: ActionRequest): readonly ActionRequest[] {
  return [
    request('annotate-object', ['ConfigMap', namespace, 'settings'], { annotations: { 'example.com/moved': 'yes' } }),
    request('suspend-cronjob', ['CronJob', namespace, 'report']),
    last,
  ];
}

async function standing({ read }: WalkScene, namespace: string): Promise<object> {
  const [map, cron, web] = await Promise.all([
    read('ConfigMap', namespace, 'settings'),
    read('CronJob', namespace, 'report'),
    read('Deployment', namespace, 'web'),
  ]);
  return {
    moved: map?.metadata.annotations?.['example.com/moved'],
    suspended: cron?.spec['suspend'],
    replicas: web?.spec['replicas'],
  };
}

const before = { moved: undefined, suspended: false, replicas: 1 };

function order({ steps }: Change, direction: 'forward' | 'back'): readonly number[] {
  return steps.flatMap(({ step, outcome }) =>
    step.direction === direction && outcome === 'done' ? [step.action] : [],
  );
}

async function ready(scene: WalkScene): Promise<string> {
  const namespace = await scene.namespace(settings, cronJob('report', 'echo done', false), deployment('web'));
  await scene.hand.settle(namespace);
  return namespace;
}

/** Agreed to as a whole, done in order; taken back afterwards as a whole, the last first. */
const asWhole: Walk = async (scene) => {
  const namespace = await ready(scene);
  const change = await scene.carryOut(
    plan(namespace, request('scale', ['Deployment', namespace, 'web'], { replicas: 2 })),
  );
  expect(change.state, change.says).toBe('succeeded');
  expect(change.approvals).toHaveLength(1);
  expect(order(change, 'forward')).toEqual([0, 1, 2]);
  expect(await standing(scene, namespace)).toEqual({ moved: 'yes', suspended: true, replicas: 2 });
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect(back.plan.actions.map(({ request: { target } }) => target.kind)).toEqual([
    'Deployment',
    'CronJob',
    'ConfigMap',
  ]);
  expect(await standing(scene, namespace)).toEqual(before);
};

/** The last one does not help, so all of them are taken back, the last first. */
const notHelping: Walk = async (scene) => {
  const namespace = await ready(scene);
  const change = await scene.carryOut(
    plan(
      namespace,
      request('set-environment', ['Deployment', namespace, 'web'], {
        container: 'app',
        name: 'PATH',
        value: '/nowhere',
      }),
    ),
  );
  expect(change.state, change.says).toBe('undone');
  expect(order(change, 'forward')).toEqual([0, 1, 2]);
  expect(order(change, 'back')).toEqual([2, 1, 0]);
  expect(await standing(scene, namespace)).toEqual(before);
  await scene.hand.must(['-n', namespace, 'rollout', 'status', 'deployment/web', '--timeout=60s']);
};

export const planWalks: Readonly<Record<string, Walk>> = {
  'a plan of three actions is agreed to as a whole, done in order, and taken back as a whole': asWhole,
  'a plan whose last action does not help is undone backwards': notHelping,
};
