import { describe, expect, it } from 'vitest';
import type { Json } from '../../patches/field-patch.ts';
import { actionScene } from '../../testing/action-scene.ts';
import type { Asked } from '../../testing/action-scene.ts';
import { container, deployment, deploymentName, named, object, pod } from '../../testing/objects.ts';

const namespace = object(named('v1', 'Namespace', 'shop', ''));
const settings = named('v1', 'ConfigMap', 'settings');
const readinessProbe = { tcpSocket: { port: 8080 } };

function applying(fields: Readonly<Record<string, Json>>, target = deploymentName): Asked {
  const { apiVersion, kind, name } = target;
  return {
    action: 'apply-manifest',
    target,
    params: { manifest: { apiVersion, kind, metadata: { name, namespace: 'shop' }, ...fields } },
    from: 'person',
  };
}

describe('a manifest that is applied a second time', () => {
  it('takes no probe away by being silent about the container', async () => {
    const byHand = {
      manager: 'kubectl',
      operation: 'Update',
      apiVersion: 'apps/v1',
      fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"app"}': { '.': {} } } } } } },
    };
    const present = deployment({
      containers: [container({ readinessProbe })],
      metadata: { managedFields: [byHand] },
    });
    const scene = actionScene(present);
    await scene.carryOut(applying({ spec: { template: { spec: { containers: [{ name: 'app', readinessProbe }] } } } }));
    expect(await scene.refusal(applying({ spec: { minReadySeconds: 5 } }))).toBe(
      'The manifest takes readinessProbe from container app of Deployment shop/web.',
    );
  });

  it('taken back, sets again what it left out', async () => {
    const scene = actionScene(namespace, object(settings, { data: { level: '1' } }));
    await scene.carryOut(applying({ data: { mode: 'slow', colour: 'red' } }, settings));
    const second = await scene.carryOut(applying({ data: { mode: 'fast' } }, settings));
    expect((await scene.get(settings))['data']).toEqual({ level: '1', mode: 'fast' });
    await scene.undo(second);
    expect((await scene.get(settings))['data']).toEqual({ level: '1', mode: 'slow', colour: 'red' });
  });

  it('counts the pods that go when it leaves out the number of replicas that the first one set', async () => {
    const scene = actionScene(deployment(), ...['a', 'b', 'c', 'd'].map((name) => pod(name)));
    await scene.carryOut(applying({ spec: { replicas: 4 } }));
    expect((await scene.plan(applying({ spec: { minReadySeconds: 5 } }))).draft.atOnce).toBe(3);
    expect((await scene.plan(applying({ spec: { replicas: null } }))).draft.atOnce).toBe(3);
  });
});
