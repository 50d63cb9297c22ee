import { describe, expect, it } from 'vitest';
import type { ActionRequest } from '@autodevops/domain/change/plan';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { Controller } from '@autodevops/testkit/fake-cluster';
import { planAction, verifyAction } from '../../scarlet/plan-action.ts';
import * as objects from '../../scarlet/testing/objects.ts';
import { approve } from '../approving/approve.ts';
import { propose } from '../approving/propose.ts';
import { changeScene, signal } from '../testing/change-scene.ts';
import type { ChangeScene, Desk } from '../testing/change-scene.ts';
import { ann, bob } from '../testing/samples.ts';
import { undoRequests, withUndo } from '../undoing/undo-change.ts';
import { execute } from './execute.ts';

/** Reports every Deployment as rolled out as soon as it is changed. */
const rollsOut: Controller = ({ operation }, hand) => {
  if (operation.verb !== 'patch' || operation.target.kind !== 'Deployment') return;
  const object = hand
    .all()
    .find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === operation.target.name);
  const replicas = (object?.['spec'] as { replicas?: number } | undefined)?.replicas ?? 1;
  if (object !== undefined) {
    hand.put({
      ...object,
      status: {
        observedGeneration: object.metadata['generation'],
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
      },
    });
  }
};

const service: Manifest = objects.object(objects.named('v1', 'Service', 'web'), {
  spec: { selector: { app: 'wbe' }, ports: [{ port: 80, targetPort: 80 }] },
});
const replicaSet = objects.replicaSet('web-1', 1);
const owner = objects.named('apps/v1', 'ReplicaSet', 'web-1');
const world = (): readonly Manifest[] => [
  objects.deployment({ spec: { selector: { matchLabels: { app: 'web' } } } }),
  replicaSet,
  service,
  objects.cronJob(),
  objects.node('worker-1'),
  objects.node('worker-2'),
  objects.pod('web-1-a', { node: 'worker-1', metadata: objects.ownedBy(owner) }),
  objects.pod('web-1-b', { node: 'worker-2', metadata: objects.ownedBy(owner) }),
];

const deployment = (action: string, params: ActionRequest['params'] = {}): ActionRequest => ({
  action,
  target: { ...objects.deploymentName, uid: '' },
  params,
});

const requests: Readonly<Record<string, ActionRequest>> = {
  scale: deployment('scale', { replicas: 5 }),
  restart: deployment('restart-rollout'),
  'set resources': deployment('set-resources', { container: 'app', limits: { memory: '256Mi' } }),
  label: deployment('label-object', { labels: { team: 'a' } }),
  'create a ConfigMap': {
    action: 'create-configmap',
    target: { ...objects.named('v1', 'ConfigMap', 'settings'), uid: '' },
    params: { data: { level: 'debug' } },
  },
  'trigger a CronJob': { action: 'trigger-cronjob', target: { ...objects.cronJobName, uid: '' }, params: {} },
  'suspend a CronJob': { action: 'suspend-cronjob', target: { ...objects.cronJobName, uid: '' }, params: {} },
  cordon: { action: 'cordon', target: { ...objects.nodeName('worker-1'), uid: '' }, params: {} },
  'evict a pod': { action: 'evict-pod', target: { ...objects.podName('web-1-a'), uid: '' }, params: {} },
};

interface Catalogue {
  readonly scene: ChangeScene;
  readonly desk: Desk;
  readonly done: (
    wanted: readonly ActionRequest[],
    key: string,
    later?: number,
  ) => Promise<Awaited<ReturnType<typeof execute>>>;
}

async function catalogue(): Promise<Catalogue> {
  const scene = await changeScene({ objects: world(), controllers: [rollsOut] });
  const desk: Desk = {
    ...scene.desk,
    ground: {
      cluster: scene.cluster,
      planner: withUndo({ plan: planAction, verify: verifyAction }, scene.store.changes, scene.desk.diagnose),
    },
  };
  const done: Catalogue['done'] = async (wanted, key, later = 0) => {
    const change = await propose(
      {
        requests: wanted,
        requester: ann,
        reason: { text: 'Ann wants it.' },
        idempotencyKey: key,
        direct: false,
        signal,
      },
      desk,
    );
    scene.clock.pass(later);
    await approve({ id: change.id, digest: change.digest, actor: bob, signal }, desk);
    return await execute(change.id, desk, signal);
  };
  return { scene, desk, done };
}

describe('an action of the catalogue', () => {
  for (const [name, wanted] of Object.entries(requests)) {
    it(`${name}: is what was agreed to ten minutes before, and can be taken back where it says so`, async () => {
      const { scene, done } = await catalogue();
      const change = await done([wanted], 'there', 600_000);
      expect([change.state, change.says]).toEqual([name === 'trigger a CronJob' ? 'undone' : 'succeeded', change.says]);
      if (change.state !== 'succeeded' || !change.plan.facts.reversible) return;
      const before = scene.cluster.effects.length;
      expect((await done(undoRequests(change), 'back')).state).toBe('succeeded');
      expect(scene.cluster.effects.length).toBeGreaterThan(before);
    });
  }
});
