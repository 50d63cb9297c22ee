import { describe, expect, it } from 'vitest';
import type { GitChange, GitChanges } from '@autodevops/domain/ports/git-changes';
import { Repository } from '@autodevops/domain/change/repository';
import { gitChanges } from './git-changes.ts';
import { githubServer } from './testing/github-server.ts';
import { gitlabServer } from './testing/gitlab-server.ts';
import type { ReviewHostServer } from './testing/host-server.ts';
import { change, remote, run } from './testing/remote.ts';

const token = 't0ken';
const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};

interface Scene {
  readonly address: string;
  readonly host: ReviewHostServer;
  readonly git: (given?: { readonly token?: string; readonly project?: string }) => GitChanges;
}

const servers = { github: githubServer, gitlab: gitlabServer };

async function sceneOn(kind: keyof typeof servers): Promise<Scene> {
  const address = remote();
  const branches = (): readonly string[] =>
    run(address, 'for-each-ref', '--format=%(refname:short)').trim().split('\n');
  const host = await servers[kind](token, branches);
  return {
    address,
    host,
    git: ({ token: shown = token, project = 'acme/apps' } = {}) =>
      gitChanges({
        repositories: [Repository.parse({ name: 'apps', address, host: { kind, api: host.api, project } })],
        token: () => shown,
      }),
  };
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'nothing failed',
    (error: Error) => error.message,
  );
}

describe.each([
  ['github', 'https://github.example/acme/apps/pull/1'],
  ['gitlab', 'https://gitlab.example/acme/apps/-/merge_requests/1'],
] as const)('a review on %s', (kind, page) => {
  it('is opened once with its title, found again, and closed', async () => {
    const { host, git } = await sceneOn(kind);
    const opened = await git().open(change, options);
    expect(opened.page).toBe(page);
    expect(host.reviews).toMatchObject([{ title: change.title, source: change.branch, target: 'main', isOpen: true }]);
    expect(await git().open(change, options)).toEqual(opened);
    expect(await git().find(change, options)).toEqual(opened);
    await git().withdraw(change, options);
    expect(host.reviews.map(({ isOpen }) => isOpen)).toEqual([false]);
    expect(await git().find(change, options)).toBeUndefined();
  });

  it('is of its own base: another branch than the usual one, and no review of its branch against another', async () => {
    const { address, host, git } = await sceneOn(kind);
    run(address, 'branch', 'stable', 'main');
    const onStable: GitChange = { ...change, base: 'stable' };
    await git().open(onStable, options);
    expect(host.reviews).toMatchObject([{ target: 'stable', isOpen: true }]);
    expect(await git().find(onStable, options)).toMatchObject({ page });
    expect(await git().find(change, options)).toBeUndefined();
    await git().withdraw(onStable, options);
    expect(host.reviews.map(({ isOpen }) => isOpen)).toEqual([false]);
  });

  it('that people closed is opened anew when it is asked for again', async () => {
    const { host, git } = await sceneOn(kind);
    await git().open(change, options);
    for (const review of host.reviews) review.isOpen = false;
    expect(await git().find(change, options)).toBeUndefined();
    await git().open(change, options);
    expect(host.reviews.map(({ isOpen }) => isOpen)).toEqual([false, true]);
  });

  it('is not opened with a token that is not accepted, and the token is not told', async () => {
    const { address, git } = await sceneOn(kind);
    const said = await failureOf(git({ token: 'ghp_0123456789abcdefghijABCDEFGHIJ456789' }).open(change, options));
    expect(said).toContain('answers 401');
    expect(said).not.toContain('ghp_');
    expect(run(address, 'branch', '--list', change.branch)).toBe('');
  });

  it('that the host refuses leaves no branch behind that nobody is asked to look at', async () => {
    const { address, git } = await sceneOn(kind);
    expect(await failureOf(git().open({ ...change, title: '' }, options))).toMatch(/answers 4\d\d/);
    expect(run(address, 'branch', '--list', change.branch)).toBe('');
  });

  it('that was opened, though the answer was lost, keeps its branch and is found when it is asked for again', async () => {
    const { address, host, git } = await sceneOn(kind);
    host.lost.add('POST');
    expect(await failureOf(git().open(change, options))).toContain('answers 502');
    expect(run(address, 'branch', '--list', change.branch)).not.toBe('');
    host.lost.clear();
    expect(await git().open(change, options)).toMatchObject({ page });
    expect(host.reviews).toHaveLength(1);
  });

  it('is not opened in a project that is not there', async () => {
    const { git } = await sceneOn(kind);
    expect(await failureOf(git({ project: 'acme/nothing' }).open(change, options))).toContain('answers 404');
  });
});

it('a review on GitHub is not opened where the project has moved to', async () => {
  const { git } = await sceneOn('github');
  expect(await failureOf(git({ project: 'acme/old' }).open(change, options))).toContain(
    'answers 301: {"message":"Moved Permanently"}',
  );
});
