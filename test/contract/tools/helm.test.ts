import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { refByName } from '../../../packages/domain/src/object-ref.ts';
import { helmReleases } from '../../../packages/delivery/src/helm/helm-releases.ts';
import { goTool } from '../../bed/build/go-tools.ts';
import { run } from '../../bed/host/command.ts';
import { comesTrue } from '../../scenarios/walks/walk-scene.ts';
import { writeChart } from './chart.ts';
import { ask, deliveryScene } from './delivery-scene.ts';
import type { DeliveryScene } from './delivery-scene.ts';

let scene: DeliveryScene;
let chart: string;
let program: string;

const web = (namespace: string) => refByName('Deployment', namespace, 'web');

beforeAll(async () => {
  const folder = await goTool('helm');
  program = join(folder, 'helm');
  chart = mkdtempSync(join(tmpdir(), 'autodevops-chart-'));
  writeChart(chart, '1.0.0', '1');
  // Where the agent looks for the program, as a person's shell says it.
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
  for (const place of ['CACHE', 'CONFIG', 'DATA']) {
    vi.stubEnv(`HELM_${place}_HOME`, join(chart, '..', `${chart}-${place.toLowerCase()}`));
  }
  scene = await deliveryScene();
});

afterAll(async () => {
  await scene?.close();
  vi.unstubAllEnvs();
  for (const suffix of ['', '-cache', '-config', '-data']) {
    rmSync(`${chart}${suffix}`, { recursive: true, force: true });
  }
});

async function helm(...args: readonly string[]): Promise<string> {
  return await run(program, args, { env: { KUBECONFIG: scene.bed.kubeconfigPath }, seconds: 90 });
}

/** Helm that waits for what will not come, until somebody ends it. */
function helmLeftWaiting(...args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    env: { ...process.env, KUBECONFIG: scene.bed.kubeconfigPath },
    stdio: 'ignore',
    timeout: 90_000,
  });
}

async function upgrade(namespace: string, ...more: readonly string[]): Promise<void> {
  await helm('upgrade', '--install', 'web', chart, '--namespace', namespace, ...more);
}

async function history(namespace: string): Promise<readonly (readonly [revision: number, status: string])[]> {
  const rows = JSON.parse(await helm('history', 'web', '--namespace', namespace, '--output', 'json')) as readonly {
    readonly revision: number;
    readonly status: string;
  }[];
  return rows.map(({ revision, status }) => [revision, status]);
}

async function installedTwice(namespace: string): Promise<void> {
  await scene.hand.createNamespaces([namespace]);
  await upgrade(namespace);
  await upgrade(namespace, '--set', 'tag=2');
}

it.concurrent('helm-rollback: a release is returned to its first revision, and taken back', async () => {
  await installedTwice('returned');
  const change = await scene.carryOut(ask('helm-rollback', web('returned'), { toRevision: 1 }));
  expect(change.state, change.says).toBe('succeeded');
  expect(await history('returned')).toEqual([
    [1, 'superseded'],
    [2, 'superseded'],
    [3, 'deployed'],
  ]);
  expect((await scene.read(refByName('ConfigMap', 'returned', 'web'))).data).toEqual({ tag: '1' });
  const back = await scene.takeBack(change);
  expect(back.state, back.says).toBe('succeeded');
  expect(await history('returned')).toContainEqual([4, 'deployed']);
  expect((await scene.read(refByName('ConfigMap', 'returned', 'web'))).data).toEqual({ tag: '2' });
  await upgrade('returned', '--set', 'tag=3');
  await expect(scene.takeBack(change)).rejects.toThrow('is at revision 5, not at 3: somebody has changed it since');
});

it.concurrent('helm-rollback: an upgrade that was interrupted is found and taken back', async () => {
  await installedTwice('interrupted');
  const waiting = helmLeftWaiting(
    'upgrade',
    'web',
    chart,
    '--namespace',
    'interrupted',
    '--set',
    'replicas=1',
    '--wait',
    '--timeout',
    '80s',
  );
  await comesTrue('the upgrade is under way', async () =>
    (await history('interrupted')).some(([, status]) => status === 'pending-upgrade'),
  );
  waiting.kill('SIGKILL');
  await expect(upgrade('interrupted')).rejects.toThrow('another operation (install/upgrade/rollback) is in progress');
  await expect(scene.agent.propose([ask('helm-rollback', web('interrupted'), { toRevision: 2 })])).rejects.toThrow(
    'Helm is at work',
  );
  await scene.hand.must([
    '-n',
    'interrupted',
    'label',
    '--overwrite',
    'secret',
    'sh.helm.release.v1.web.v3',
    `modifiedAt=${Math.floor(Date.now() / 1000) - 900}`,
  ]);
  const found = (await scene.causes('interrupted')).find(({ code }) => code === 'helm.release.pending');
  expect(found?.object.name).toBe('sh.helm.release.v1.web.v3');
  const [proposed] = found?.changes ?? [];
  expect(proposed).toMatchObject({
    action: 'helm-rollback',
    target: { kind: 'Deployment', name: 'web' },
    params: { toRevision: 2 },
  });
  const change = await scene.carryOut(ask('helm-rollback', proposed?.target ?? web('interrupted'), proposed?.params));
  expect(change.state, change.says).toBe('succeeded');
  expect((await history('interrupted')).at(-1)).toEqual([4, 'deployed']);
  expect(await scene.causes('interrupted')).toEqual([]);
  await upgrade('interrupted', '--set', 'tag=3');
});

it.concurrent('helm-rollback: a revision that does not become ready is left again for the one before', async () => {
  await scene.hand.createNamespaces(['worse']);
  await upgrade('worse', '--set', 'replicas=1,tag=0');
  await upgrade('worse', '--set', 'replicas=0,tag=1');
  const change = await scene.carryOut(ask('helm-rollback', web('worse'), { toRevision: 1 }));
  expect(change.state, change.says).toBe('undone');
  expect(await history('worse')).toEqual([
    [1, 'superseded'],
    [2, 'superseded'],
    [3, 'superseded'],
    [4, 'deployed'],
  ]);
  expect((await scene.read(web('worse'))).spec['replicas']).toBe(0);
});

it.concurrent('an upgrade that failed is found, until the release is rolled back', async () => {
  await installedTwice('failed');
  await expect(upgrade('failed', '--set', 'replicas=1', '--wait', '--timeout', '3s')).rejects.toThrow(
    'context deadline exceeded',
  );
  expect(await scene.told('failed')).toContain('helm.release.failed');
  const change = await scene.carryOut(ask('helm-rollback', web('failed'), { toRevision: 2 }));
  expect(change.state, change.says).toBe('succeeded');
  expect(await scene.causes('failed')).toEqual([]);
});

it.concurrent('what a release owns is not patched behind its back', async () => {
  await installedTwice('owned');
  await expect(scene.agent.propose([ask('scale', web('owned'), { replicas: 3 })])).rejects.toThrow(
    'Helm (release owned/web) keeps Deployment owned/web',
  );
});

it.concurrent('Helm acts as the person of the change, with no more rights', async () => {
  await installedTwice('personal');
  await scene.hand.must(['-n', 'personal', 'create', 'rolebinding', 'ann', '--clusterrole=admin', '--user=ann']);
  const releases = helmReleases({ kubeconfig: scene.bed.kubeconfigPath });
  const operation = { verb: 'helm-rollback', namespace: 'personal', release: 'web', revision: 1, newest: 2 } as const;
  const as = (user: string) => ({
    signal: AbortSignal.timeout(60_000),
    as: { user, groups: ['system:authenticated'] },
  });
  await expect(releases.rollback(operation, as('ben'))).rejects.toMatchObject({ code: 'cluster.forbidden' });
  await releases.rollback(operation, as('ann'));
  expect(await releases.newest('personal', 'web', as('ann'))).toEqual({ revision: 3, status: 'deployed' });
  await expect(releases.rollback(operation, as('ann'))).rejects.toMatchObject({ code: 'cluster.conflict' });
});

it.concurrent('a revision that Helm does not keep is refused before anything is asked of Helm', async () => {
  await installedTwice('refused');
  await expect(scene.agent.propose([ask('helm-rollback', web('refused'), { toRevision: 7 })])).rejects.toThrow(
    'keeps no revision 7',
  );
  await expect(scene.agent.propose([ask('helm-rollback', web('refused'), { toRevision: 2 })])).rejects.toThrow(
    'is at revision 2 already',
  );
  expect(await history('refused')).toHaveLength(2);
});
