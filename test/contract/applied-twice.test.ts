import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../packages/domain/src/change/change.ts';
import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import { startControlPlane } from '../bed/fixtures.ts';
import type { Bed } from '../bed/fixtures.ts';
import { ClusterHand } from '../scenarios/cluster-hand.ts';
import { repairAgent } from '../scenarios/repair-agent.ts';
import type { RepairAgent } from '../scenarios/repair-agent.ts';
import { refusalOf } from '../scenarios/unsafe-requests.ts';
import { linkApprovers } from '../scenarios/walks/approvers.ts';

type Params = ActionRequest['params'];

const namespace = 'shop';
const probe = { tcpSocket: { port: 8080 } };
let bed: Bed;
let hand: ClusterHand;
let agent: RepairAgent;
let agree: (change: Change) => Promise<void>;

function container(fields: object): object {
  return { template: { spec: { containers: [{ name: 'app', ...fields }] } } };
}

const written: readonly object[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level: '1' } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shared' }, data: { level: '1' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'web:1' }] } },
    },
  },
];

function apply(kind: 'ConfigMap' | 'Deployment', name: string, fields: object): readonly ActionRequest[] {
  const apiVersion = kind === 'ConfigMap' ? 'v1' : 'apps/v1';
  const manifest = { apiVersion, kind, metadata: { name, namespace }, ...fields };
  return [
    {
      action: 'apply-manifest',
      target: { apiVersion, kind, namespace, name, uid: '' },
      params: { manifest } as unknown as Params,
    },
  ];
}

async function carryOut(change: Change): Promise<Change> {
  await agree(change);
  const done = await agent.follow(change.id);
  expect(done.state, done.says).toBe('succeeded');
  return done;
}

async function applied(name: string, data: Readonly<Record<string, string>>): Promise<Change> {
  return await carryOut(await agent.propose(apply('ConfigMap', name, { data })));
}

async function dataOf(name: string): Promise<unknown> {
  return JSON.parse(await hand.must(['-n', namespace, 'get', 'configmap', name, '-o', 'jsonpath={.data}']));
}

/** By server-side apply, as a tool that declares what it wants for good. */
async function declare(object: object): Promise<void> {
  await hand.must(
    ['-n', namespace, 'apply', '--server-side', '--field-manager=team-tool', '-f', '-'],
    JSON.stringify(object),
  );
}

/** No controller runs here: what it would report of the Deployment is reported by hand. */
async function report(status: object): Promise<void> {
  const patch = JSON.stringify({ status });
  await hand.must(['-n', namespace, 'patch', 'deployment', 'web', '--subresource=status', '--type=merge', '-p', patch]);
}

beforeAll(async () => {
  bed = await startControlPlane({ controllerManager: false, scheduler: false });
  hand = new ClusterHand(await bed.kubectl(), bed.kubeconfigPath);
  await hand.must(['create', 'namespace', namespace]);
  await hand.must(
    ['-n', namespace, 'create', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: written }),
  );
  agent = await repairAgent(bed.kubeconfigPath, { pace: { lease: 4000, poll: 200, settle: 500, again: 500 } });
  agree = await linkApprovers(agent);
});

afterAll(async () => {
  await agent?.close();
  await bed?.stop();
});

describe('a manifest that is applied a second time, on a real API server', () => {
  it('takes away what the first one set and it leaves out, and nothing of what others set; taken back, all is as before', async () => {
    await applied('settings', { mode: 'slow', colour: 'red' });
    expect(await dataOf('settings')).toEqual({ level: '1', mode: 'slow', colour: 'red' });
    const second = await applied('settings', { mode: 'fast' });
    expect(second.plan.diff.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['data.colour', 'red', ''],
      ['data.mode', 'slow', 'fast'],
    ]);
    expect(await dataOf('settings')).toEqual({ level: '1', mode: 'fast' });
    const back = await agent.client.undo(
      { params: { id: second.id }, body: { why: 'It was not wanted.' } },
      { signal: AbortSignal.timeout(60_000) },
    );
    await carryOut(back);
    expect(await dataOf('settings')).toEqual({ level: '1', mode: 'slow', colour: 'red' });
  });

  it('is refused where another manager owns by now what it sets, and keeps what another owns beside it', async () => {
    await applied('shared', { mode: 'slow', colour: 'red' });
    await declare({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shared' },
      data: { colour: 'red', size: 'l' },
    });
    const refused = await refusalOf(
      agent.propose(apply('ConfigMap', 'shared', { data: { mode: 'fast', size: 'xl' } })),
    );
    expect(refused.message).toContain('team-tool owns .data.size');
    await applied('shared', { mode: 'fast' });
    expect(await dataOf('shared')).toEqual({ level: '1', mode: 'fast', colour: 'red', size: 'l' });
  });

  it('does not take a probe away by being silent about it, nor pods without counting them', async () => {
    const first = await agent.propose(
      apply('Deployment', 'web', { spec: { replicas: 3, ...container({ readinessProbe: probe }) } }),
    );
    await agree(first);
    const replicas = ['-n', namespace, 'get', 'deployment', 'web', '-o', 'jsonpath={.spec.replicas}'];
    await expect.poll(async () => await hand.must(replicas), { timeout: 30_000 }).toBe('3');
    await report({ observedGeneration: 9, replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 });
    const { state, says } = await agent.follow(first.id);
    expect(state, says).toBe('succeeded');
    const silent = await refusalOf(agent.propose(apply('Deployment', 'web', { spec: { minReadySeconds: 5 } })));
    expect(silent.message).toContain('takes readinessProbe from container app of Deployment shop/web');
    const fewer = await agent.propose(
      apply('Deployment', 'web', { spec: { minReadySeconds: 5, ...container({ readinessProbe: probe }) } }),
    );
    expect(fewer.plan.diff.map(({ path, before, after }) => [path, before, after])).toContainEqual([
      'spec.replicas',
      '3',
      '1',
    ]);
  });
});
