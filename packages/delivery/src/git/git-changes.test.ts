import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GitChange, GitChanges } from '@autodevops/domain/ports/git-changes';
import { gitChanges } from './git-changes.ts';
import { change, remote, run } from './testing/remote.ts';
import { Repository } from '@autodevops/domain/change/repository';

const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};

function plain(address: string): GitChanges {
  return gitChanges({ repositories: [Repository.parse({ name: 'apps', address })], token: () => undefined });
}

describe('a Git change', () => {
  it('is a branch with one commit on the base, and leaves the base alone', async () => {
    const address = remote();
    const opened = await plain(address).open(change, options);
    expect(opened).toMatchObject({ branch: 'autodevops/chg-1', page: '' });
    expect(run(address, 'show', 'autodevops/chg-1:web.yaml')).toBe('replicas: 2\n');
    expect(run(address, 'show', 'autodevops/chg-1:new/one.yaml')).toBe('a: 1\n');
    expect(run(address, 'ls-tree', 'autodevops/chg-1', 'run.sh')).toMatch(/^100755 /);
    expect(run(address, 'show', 'main:web.yaml')).toBe('replicas: 1\n');
    expect(run(address, 'log', '--format=%s', 'autodevops/chg-1').trim().split('\n')).toEqual([
      'Run two replicas',
      'first',
    ]);
  });

  it('mentions nobody and closes no issue by its message', async () => {
    const address = remote();
    await plain(address).open({ ...change, title: 'Ask @octocat', body: '    a log says: fixes #12' }, options);
    const message = run(address, 'log', '-1', '--format=%B', 'autodevops/chg-1');
    expect(message.trim()).toBe('Ask @\u200Boctocat\n\n    a log says: fixes #\u200B12');
  });

  it('is found again and never made twice', async () => {
    const address = remote();
    const git = plain(address);
    expect(await git.find(change, options)).toBeUndefined();
    const first = await git.open(change, options);
    expect(await git.open(change, options)).toEqual(first);
    expect(await git.find(change, options)).toEqual(first);
  });

  it('is withdrawn while it is as we made it', async () => {
    const address = remote();
    const git = plain(address);
    await git.open(change, options);
    await git.withdraw(change, options);
    expect(run(address, 'branch', '--list', 'autodevops/*').trim()).toBe('');
    await git.withdraw(change, options);
  });

  it('does not touch a branch of that name with other content', async () => {
    const address = remote();
    const git = plain(address);
    await git.open(change, options);
    const other = { ...change, files: [{ path: 'web.yaml', content: 'replicas: 9\n' }] };
    await expect(git.open(other, options)).rejects.toThrow('has a branch autodevops/chg-1 with other content');
    await expect(git.withdraw(other, options)).rejects.toThrow('with other content');
  });

  it('leaves the repository alone in whose hook it is opened', async () => {
    const [address, own] = [remote(), remote()];
    const before = execFileSync('git', ['count-objects', '-v'], { cwd: own, encoding: 'utf8' });
    vi.stubEnv('GIT_DIR', own);
    vi.stubEnv('GIT_INDEX_FILE', join(own, 'index'));
    vi.stubEnv('GIT_OBJECT_DIRECTORY', join(own, 'objects'));
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await plain(address).open(change, options);
    vi.unstubAllEnvs();
    expect(run(address, 'show', 'autodevops/chg-1:web.yaml')).toBe('replicas: 2\n');
    expect(execFileSync('git', ['count-objects', '-v'], { cwd: own, encoding: 'utf8' })).toBe(before);
  });

  it('may remove a file, and reads files of the base', async () => {
    const address = remote();
    const git = plain(address);
    await git.open({ ...change, files: [{ path: 'web.yaml', content: null }] }, options);
    expect(() => run(address, 'show', 'autodevops/chg-1:web.yaml')).toThrow(/Command failed/);
    expect(await git.read('apps', 'main', 'web.yaml', options)).toBe('replicas: 1\n');
    expect(await git.read('apps', 'main', 'nothing.yaml', options)).toBeUndefined();
  });
});

describe('refused, with a sentence', () => {
  const refused: readonly (readonly [string, Partial<GitChange>, RegExp])[] = [
    [
      'a path out of the repository',
      { files: [{ path: '../x', content: '' }] },
      /is no path of a file in a repository/,
    ],
    ["Git's own files", { files: [{ path: '.GIT/hooks/pre-push', content: '' }] }, /is no path of a file/],
    ['a link', { files: [{ path: 'link', content: 'x' }] }, /link is no plain file in the repository/],
    ['a branch that is an option', { branch: '--upload-pack=x' }, /is no name for a branch/],
    ['the base itself', { branch: 'main' }, /on a branch of its own, not on main/],
    [
      'a repository that the configuration does not name',
      { repository: 'elsewhere' },
      /names no repository "elsewhere"/,
    ],
    [
      'a change that changes nothing',
      { files: [{ path: 'web.yaml', content: 'replicas: 1\n' }] },
      /are in main of apps like this already/,
    ],
    ['a base that does not exist', { base: 'gone' }, /has no branch gone/],
  ];
  it.each(refused)('%s', async (_name, part, says) => {
    await expect(plain(remote()).open({ ...change, ...part }, options)).rejects.toThrow(says);
  });

  it('a repository that is not there', async () => {
    await expect(plain('/nowhere/at/all.git').open(change, options)).rejects.toMatchObject({ code: 'git.failed' });
  });

  it('an address that would run a program', async () => {
    await expect(plain('ext::sh -c "touch /tmp/x"').open(change, options)).rejects.toThrow(/not allowed/);
  });
});
