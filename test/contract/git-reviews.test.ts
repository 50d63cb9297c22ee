import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { githubServer } from '../../packages/delivery/src/git/testing/github-server.ts';
import { gitlabServer } from '../../packages/delivery/src/git/testing/gitlab-server.ts';
import type { ReviewHostServer } from '../../packages/delivery/src/git/testing/host-server.ts';
import { remote, run } from '../../packages/delivery/src/git/testing/remote.ts';
import type { Change } from '../../packages/domain/src/change/change.ts';
import { Repository } from '../../packages/domain/src/change/repository.ts';
import { refByName } from '../../packages/domain/src/object-ref.ts';
import { startWritableCluster } from '../agent/writable-cluster.ts';
import { repairAgent } from '../scenarios/repair-agent.ts';
import type { RepairAgent } from '../scenarios/repair-agent.ts';
import { linkApprovers } from '../scenarios/walks/approvers.ts';
import { briskPace, comesTrue } from '../scenarios/walks/walk-scene.ts';

const token = 'repository-t0ken';
const servers = { github: githubServer, gitlab: gitlabServer };
const soon = () => ({ signal: AbortSignal.timeout(60_000) });

/** As it stands in a file. */
const web = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
  },
});

interface Scene {
  readonly agent: RepairAgent;
  readonly host: ReviewHostServer;
  readonly branches: () => readonly string[];
  readonly settle: (change: Change) => Promise<Change>;
}

/** An agent whose repository is reviewed there. */
async function sceneOn(kind: keyof typeof servers, environment: Readonly<Record<string, string>>): Promise<Scene> {
  const address = remote();
  const branches = (): readonly string[] =>
    run(address, 'for-each-ref', '--format=%(refname:short)').trim().split('\n');
  const host = await servers[kind](token, branches);
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-reviews-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const cluster = await startWritableCluster([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'n', resourceVersion: '1' } },
    { ...web(1), metadata: { ...web(1).metadata, uid: 'u', resourceVersion: '1' } },
  ]);
  onTestFinished(async () => await cluster.close());
  writeFileSync(join(folder, 'kubeconfig'), cluster.kubeconfig);
  const reviewed = { kind, api: host.api, project: 'acme/apps' };
  const agent = await repairAgent(join(folder, 'kubeconfig'), {
    repositories: [Repository.parse({ name: 'apps', address, host: reviewed, tokenVariable: 'APPS_TOKEN' })],
    environment,
    pace: briskPace,
  });
  onTestFinished(async () => await agent.close());
  const agree = await linkApprovers(agent);
  const settle = async (change: Change): Promise<Change> => {
    await agree(change);
    return await agent.follow(change.id);
  };
  return { agent, host, branches, settle };
}

async function proposed({ agent }: Scene): Promise<Change> {
  return await agent.propose([
    {
      action: 'open-git-change',
      target: refByName('Deployment', 'shop', 'web'),
      params: {
        repository: 'apps',
        title: 'Run two replicas',
        why: 'The queue grows.',
        evidence: ['1 of 1 replicas is busy'],
        files: [{ path: 'web.yaml', content: stringify(web(2)) }],
      },
    },
  ]);
}

describe.each([
  ['github', 'https://github.example/acme/apps/pull/1'],
  ['gitlab', 'https://gitlab.example/acme/apps/-/merge_requests/1'],
] as const)('a Git change on %s', (kind, page) => {
  it('is a review when it was agreed to, told by its page; the token stands in no record', async () => {
    const scene = await sceneOn(kind, { APPS_TOKEN: token });
    const change = await scene.settle(await proposed(scene));
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(page);
    expect(scene.host.reviews).toMatchObject([{ title: 'Run two replicas', target: 'main', isOpen: true }]);
    const [{ source } = { source: '' }] = scene.host.reviews;
    expect(scene.branches()).toContain(source);
    const { rows } = await scene.agent.client.auditRows({}, soon());
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('is closed, and its branch goes, when a person wants it back while it is looked at', async () => {
    const scene = await sceneOn(kind, { APPS_TOKEN: token });
    const change = await proposed(scene);
    const ending = scene.settle(change);
    await comesTrue('the review is open', async () => await Promise.resolve(scene.host.reviews.length > 0), 60);
    await scene.agent.client.undo({ params: { id: change.id }, body: { why: 'Not now.' } }, soon());
    const ended = await ending;
    expect(ended.state, ended.says).toBe('undone');
    expect(scene.host.reviews).toMatchObject([{ isOpen: false }]);
    expect(scene.branches()).toEqual(['main']);
  });

  it('fails with what the host says where the token is not accepted, which is told to nobody', async () => {
    const scene = await sceneOn(kind, { APPS_TOKEN: 'an0ther-t0ken' });
    const change = await scene.settle(await proposed(scene));
    expect(change.state, change.says).toBe('failed');
    expect(change.says).toContain('401');
    expect(scene.branches()).toEqual(['main']);
    expect(scene.host.reviews).toEqual([]);
    expect(JSON.stringify(change)).not.toContain('t0ken');
  });
});
