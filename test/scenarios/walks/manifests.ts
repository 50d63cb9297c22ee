import { expect } from 'vitest';
import type { ActionRequest } from '../../../packages/domain/src/change/plan.ts';
import { causeIn, request } from './walk-scene.ts';
import type { Walk } from './walk-scene.ts';
import { deployment } from './workloads.ts';

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop' },
  spec: {
    rules: [
      {
        host: '$NS.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
        },
      },
    ],
  },
};

function apply(kind: 'Service' | 'ConfigMap', namespace: string, name: string, fields: object): ActionRequest {
  const manifest = { apiVersion: 'v1', kind, metadata: { name, namespace }, ...fields };
  return request('apply-manifest', [kind, namespace, name], { manifest } as unknown as ActionRequest['params']);
}

/** The Service that an Ingress names is not there: a person brings it. */
const missingService: Walk = async (scene) => {
  const namespace = await scene.namespace(deployment('web'), ingress);
  await scene.hand.settle(namespace);
  const { cause } = await causeIn(scene, namespace, 'ingress.backend.missing');
  const change = await scene.carryOut(
    [
      apply('Service', namespace, 'web', {
        spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
      }),
    ],
    cause,
  );
  expect(change.state, change.says).toBe('succeeded');
  expect(change.decision?.tier, 'a manifest is of high risk').toBe('two');
  expect(change.approvals.map(({ actor }) => actor.person)).toEqual(['ann', 'ben']);
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect(await scene.read('Service', namespace, 'web')).toBeUndefined();
};

/** What a person wrote by hand is taken over, field by field, and given back. */
const existing: Walk = async (scene) => {
  const namespace = await scene.namespace({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { mode: 'slow', level: '1' },
  });
  const data = async (): Promise<unknown> =>
    JSON.parse(await scene.hand.must(['-n', namespace, 'get', 'configmap', 'settings', '-o', 'jsonpath={.data}']));
  const change = await scene.carryOut([
    apply('ConfigMap', namespace, 'settings', { data: { mode: 'fast', colour: 'red' } }),
  ]);
  expect(change.state, change.says).toBe('succeeded');
  expect(await data()).toEqual({ mode: 'fast', level: '1', colour: 'red' });
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect(await data()).toEqual({ mode: 'slow', level: '1' });
};

export const manifestWalks: Readonly<Record<string, Walk>> = {
  'apply-manifest: the Service that an Ingress misses is made, as two people agreed to, and can be taken back':
    missingService,
  'apply-manifest: fields of what is there are set, and set back': existing,
};
