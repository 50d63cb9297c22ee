import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { comesTrue, request, walkScene } from './walk-scene.ts';
import type { WalkScene } from './walk-scene.ts';

let scene: WalkScene;
beforeAll(async () => {
  scene = await walkScene();
});
afterAll(async () => {
  await scene?.close();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const finalizer = 'records.example.com/archive';
const guarded = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', finalizers: [finalizer] },
  data: { mode: 'fast' },
};
const dependent = (uid: string): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'records', ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', uid }] },
  spec: { ports: [{ port: 80 }], clusterIP: 'None' },
});

/** As if so many minutes had gone by: the agent waits five for whoever set a finalizer. */
function minutesLater(minutes: number): void {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + minutes * 60_000);
}

describe('a finalizer whose owner has gone', () => {
  it('is removed when it was waited for, as two people agreed to who read what it guards', async () => {
    const namespace = await scene.namespace(guarded);
    const settings = await scene.read('ConfigMap', namespace, 'settings');
    await scene.hand.must(
      ['-n', namespace, 'apply', '-f', '-'],
      JSON.stringify(dependent(settings?.metadata.uid ?? '')),
    );
    const removal = request('remove-finalizer', ['ConfigMap', namespace, 'settings'], { finalizer });
    await expect(scene.agent.propose([removal])).rejects.toMatchObject({
      message: expect.stringContaining('is not being deleted'),
    });
    await scene.hand.must(['-n', namespace, 'delete', 'configmap', 'settings', '--wait=false']);
    await expect(scene.agent.propose([removal])).rejects.toMatchObject({
      message: expect.stringContaining('for less than 5 minutes'),
    });
    minutesLater(6);
    const change = await scene.agent.propose([removal]);
    expect(change.decision?.tier).toBe('two');
    expect(change.plan.facts.notes.join(' ')).toContain(`Service ${namespace}/records`);
    expect(change.plan.facts.reversible).toBe(false);
    const ended = await scene.settle(change);
    expect(ended.state, ended.says).toBe('succeeded');
    await comesTrue(
      'the object is gone',
      async () => (await scene.read('ConfigMap', namespace, 'settings')) === undefined,
      10,
    );
  }, 120_000);

  it('stays where it keeps data or is of Kubernetes itself', async () => {
    const namespace = await scene.namespace();
    const refused = async (
      kind: 'Namespace' | 'PersistentVolumeClaim' | 'Pod',
      name: string,
      named: string,
    ): Promise<string> =>
      await scene.agent
        .propose([
          request('remove-finalizer', [kind, kind === 'Namespace' ? '' : namespace, name], { finalizer: named }),
        ])
        .then(
          () => 'proposed',
          (error: Error) => error.message,
        );
    expect(await refused('Namespace', namespace, finalizer)).toContain('keep what it holds from being lost');
    expect(await refused('PersistentVolumeClaim', 'data', finalizer)).toContain('keep what it holds from being lost');
    expect(await refused('Pod', 'web', 'batch.kubernetes.io/job-tracking')).toContain(
      'is removed by Kubernetes itself',
    );
  }, 60_000);
});
