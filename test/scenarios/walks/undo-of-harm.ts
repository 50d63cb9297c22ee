import { expect } from 'vitest';
import { comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { image } from './workloads.ts';

const page = '/tmp/www/index.html';
const serving = `mkdir -p /tmp/www && echo ok > ${page} && exec httpd -f -p 8080 -h /tmp/www`;

/** All of its pods go at the same time when it changes. */
const web = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    progressDeadlineSeconds: 60,
    strategy: { type: 'Recreate' },
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: 'app',
            image,
            imagePullPolicy: 'IfNotPresent',
            command: ['sh', '-c', serving],
            ports: [{ containerPort: 8080 }],
            readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
          },
        ],
      },
    },
  },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
};

/** One pod of what was changed loses its page: the others would still be taken away by going back. */
async function spoilOne({ hand }: WalkScene, namespace: string): Promise<void> {
  const pod = await hand.must([
    '-n',
    namespace,
    'get',
    'pods',
    '-l',
    'app=web',
    '-o',
    'jsonpath={.items[0].metadata.name}',
  ]);
  await hand.must(['-n', namespace, 'exec', pod, '--', 'rm', page]);
}

/** What took two people to do takes one to take back, once it is seen to have done harm. */
const harmful: Walk = async (scene) => {
  const namespace = await scene.namespace(web, service);
  await scene.hand.must(['-n', namespace, 'rollout', 'status', 'deployment/web', '--timeout=120s']);
  const change = await scene.carryOut([
    request('set-environment', ['Deployment', namespace, 'web'], { container: 'app', name: 'MODE', value: 'new' }),
  ]);
  expect(change.state, change.says).toBe('succeeded');
  expect(change.decision?.tier).toBe('two');
  await spoilOne(scene, namespace);
  await comesTrue('the harm shows', async () =>
    (await scene.agent.fixes(namespace)).some(({ cause }) => cause.severity !== 'info' && cause.confidence !== 'low'),
  );
  const back = await scene.takeBack(change);
  expect(back.plan.facts.restores, back.plan.facts.notes.join(' ')).toBe(true);
  expect(back.plan.facts.notes.join(' ')).toContain(`Since ${change.id} there is`);
  expect([back.decision?.tier, back.approvals.length]).toEqual(['one', 1]);
  expect(back.decision?.voices).toContainEqual({
    rule: 'floor.endpoints',
    tier: 'one',
    why: "100 % of a Service's ready endpoints are touched, to take back what made something ill.",
  });
  expect(back.state, back.says).toBe('succeeded');
  expect(JSON.stringify((await scene.read('Deployment', namespace, 'web'))?.spec)).not.toContain('"MODE"');
};

export const undoOfHarmWalks: Readonly<Record<string, Walk>> = {
  'a change that two people agreed to and that did harm is taken back by one yes': harmful,
};
