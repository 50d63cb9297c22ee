import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GitChange, GitChanges } from '@autodevops/domain/ports/git-changes';
import { gitChanges } from './git-changes.ts';
import { Repository } from '@autodevops/domain/change/repository';

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
const options = {
  get signal() {
    return AbortSignal.timeout(60_000);
  },
};

function run(folder: string, ...args: string[]): string {
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
}

/** A bare repository with one commit on main. */
function remote(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-remote-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const work = join(folder, 'work');
  run(folder, 'init', '--quiet', work);
  writeFileSync(join(work, 'web.yaml'), 'replicas: 1\n');
  writeFileSync(join(work, 'run.sh'), 'true\n', { mode: 0o755 });
  symlinkSync('/etc/passwd', join(work, 'link'));
  run(work, 'add', '.');
  run(work, 'commit', '--quiet', '-m', 'first');
  run(folder, 'clone', '--quiet', '--bare', work, 'bare.git');
  return join(folder, 'bare.git');
}

function plain(address: string): GitChanges {
  return gitChanges({ repositories: [Repository.parse({ name: 'apps', address })], token: () => undefined });
}

const change: GitChange = {
  verb: 'open-git-change',
  repository: 'apps',
  base: 'main',
  branch: 'autodevops/chg-1',
  title: 'Run two replicas',
  body: 'Because of …',
  files: [
    { path: 'web.yaml', content: 'replicas: 2\n' },
    { path: 'run.sh', content: 'false\n' },
    { path: 'new/one.yaml', content: 'a: 1\n' },
  ],
};

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

interface Pull {
  number: number;
  html_url: string;
  head: string;
  state: string;
}

/** As api.github.com answers: 401 without the token, 422 for a second pull of one branch. */
async function github(token: string): Promise<{ readonly api: string; readonly pulls: Pull[] }> {
  const pulls: Pull[] = [];
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return send(401, { message: 'Bad credentials' });
    const url = new URL(request.url ?? '/', 'http://x');
    if (request.method === 'GET') {
      return send(
        200,
        pulls.filter((pull) => pull.state === 'open' && `acme:${pull.head}` === url.searchParams.get('head')),
      );
    }
    let text = '';
    request
      .on('data', (piece) => {
        text += String(piece);
      })
      .on('end', () => {
        const body = JSON.parse(text) as { head: string; state?: string };
        if (request.method === 'PATCH') {
          const pull = pulls.find((one) => url.pathname.endsWith(`/pulls/${one.number}`));
          if (pull === undefined) return send(404, { message: 'Not Found' });
          pull.state = body.state ?? pull.state;
          return send(200, pull);
        }
        if (pulls.some((one) => one.head === body.head && one.state === 'open')) {
          return send(422, { message: 'A pull request already exists' });
        }
        const pull = {
          number: pulls.length + 1,
          html_url: `https://github.example/acme/apps/pull/${pulls.length + 1}`,
          head: body.head,
          state: 'open',
        };
        pulls.push(pull);
        return send(201, pull);
      });
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pulls };
}

describe('on GitHub', () => {
  const on = (address: string, api: string, token: string): GitChanges =>
    gitChanges({
      repositories: [Repository.parse({ name: 'apps', address, host: { kind: 'github', api, project: 'acme/apps' } })],
      token: () => token,
    });

  it('a pull request is opened once, found again and closed', async () => {
    const host = await github('t0ken');
    const git = on(remote(), host.api, 't0ken');
    const opened = await git.open(change, options);
    expect(opened.page).toBe('https://github.example/acme/apps/pull/1');
    expect(await git.open(change, options)).toEqual(opened);
    await git.withdraw(change, options);
    expect(host.pulls.map((pull) => pull.state)).toEqual(['closed']);
  });

  it('a token that is not accepted is told without the token', async () => {
    const host = await github('t0ken');
    const failure = await on(remote(), host.api, 'ghp_0123456789abcdefghijABCDEFGHIJ456789')
      .open(change, options)
      .then(
        () => undefined,
        (error: Error) => error,
      );
    expect(failure?.message).toContain('answers 401');
    expect(failure?.message).not.toContain('ghp_');
  });
});
