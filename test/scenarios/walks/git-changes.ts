import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { Change } from '../../../packages/domain/src/change/change.ts';
import { Repository } from '../../../packages/domain/src/change/repository.ts';
import { causeIn, comesTrue, request } from './walk-scene.ts';
import type { Walk, WalkScene } from './walk-scene.ts';
import { deployment } from './workloads.ts';

const identity = [
  '-c',
  'user.name=t',
  '-c',
  'user.email=t@example.com',
  '-c',
  'init.defaultBranch=main',
  '-c',
  'commit.gpgsign=false',
];

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 30_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A repository on this machine's disk that everybody clones from. */
export interface BareRepository {
  readonly repository: Repository;
  readonly address: string;
  readonly remove: () => void;
}

/** A bare repository called `apps`, with one commit on main. */
export function bareRepository(): BareRepository {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-walk-git-'));
  const work = join(folder, 'work');
  git(folder, 'init', '--quiet', work);
  writeFileSync(join(work, 'README.md'), 'What the cluster runs.\n');
  git(work, 'add', '.');
  git(work, 'commit', '--quiet', '-m', 'first');
  const address = join(folder, 'apps.git');
  git(folder, 'clone', '--quiet', '--bare', work, address);
  return {
    address,
    repository: Repository.parse({ name: 'apps', address }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function branches(address: string): readonly string[] {
  return git(address, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').trim().split('\n');
}

function proposal(namespace: string): ReturnType<typeof request> {
  const wanted = deployment('web', { replicas: 3 }) as { readonly metadata: object };
  const content = stringify({ ...wanted, metadata: { ...wanted.metadata, namespace } });
  return request('open-git-change', ['Deployment', namespace, 'web'], {
    repository: 'apps',
    title: 'Run three replicas',
    why: 'The queue grows.',
    evidence: ['2 of 2 replicas are busy'],
    files: [{ path: `${namespace}/web.yaml`, content }],
  });
}

function openedBranch({ plan }: Change): string {
  const [operation] = plan.actions.flatMap(({ operations }) => operations);
  return operation?.verb === 'open-git-change' ? operation.branch : '';
}

/** Opens a branch with one commit, whose message tells what reviewers have to know; the cluster is left alone. */
function opened(address: () => string): Walk {
  return async (scene) => {
    const namespace = await scene.namespace(deployment('web'));
    const change = await scene.carryOut([proposal(namespace)]);
    expect(change.state, change.says).toBe('succeeded');
    expect(change.decision?.voices.map(({ rule }) => rule)).toContain('floor.git-changes');
    const branch = openedBranch(change);
    expect(branches(address()).toSorted()).toContain(branch);
    const message = git(address(), 'log', '-1', '--format=%B', branch);
    expect(message).toContain('2 of 2 replicas are busy');
    expect(message).toContain('spec.replicas');
    expect(git(address(), 'show', `${branch}:${namespace}/web.yaml`)).toContain('replicas: 3');
    expect((await scene.read('Deployment', namespace, 'web'))?.spec['replicas']).toBe(1);
  };
}

/** People merge it, and what keeps the cluster as Git says applies it. */
async function merge({ hand }: WalkScene, address: string, branch: string, file: string): Promise<void> {
  git(address, 'update-ref', 'refs/heads/main', `refs/heads/${branch}`);
  await hand.must(['apply', '-f', '-'], git(address, 'show', `main:${file}`));
}

/** An image that no node has is corrected in Git: the finding stays until people have merged that, and goes then. */
function repaired(address: () => string): Walk {
  return async (scene) => {
    const namespace = await scene.namespace(deployment('web', { image: 'walk-absent:dev', policy: 'Never' }));
    const { cause } = await causeIn(scene, namespace, 'pod.image.never-pull');
    const change = await scene.carryOut([proposal(namespace)], cause);
    expect(change.state, change.says).toBe('succeeded');
    expect(change.says).toContain(`"${cause.title}" on`);
    expect(change.says).toContain('stays until people have merged it');
    await merge(scene, address(), openedBranch(change), `${namespace}/web.yaml`);
    await comesTrue('Jamie finds nothing', async () => (await scene.agent.fixes(namespace)).length === 0);
  };
}

/** A person who wants it back while it is looked at closes the branch by that. */
function withdrawn(address: () => string): Walk {
  return async (scene: WalkScene) => {
    const namespace = await scene.namespace(deployment('web'));
    const change = await scene.agent.propose([proposal(namespace)]);
    const ending = scene.settle(change);
    await comesTrue('the branch is open', async () => branches(address()).includes(openedBranch(change)));
    await scene.agent.client.undo(
      { params: { id: change.id }, body: { why: 'Not now.' } },
      { signal: AbortSignal.timeout(30_000) },
    );
    const ended = await ending;
    expect(ended.state, ended.says).toBe('undone');
    expect(branches(address())).not.toContain(openedBranch(change));
  };
}

export function gitWalks(address: () => string): Readonly<Record<string, Walk>> {
  return {
    'open-git-change: a branch is opened for review, and the cluster is left alone': opened(address),
    'open-git-change: a fault goes when people have merged what was proposed against it': repaired(address),
    'open-git-change: a proposal that is taken back is closed': withdrawn(address),
  };
}
