import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../host/command.ts';

/** A Git repository that is served over HTTP on the loopback address. */
export type HostedRepository = {
  /** What a clone takes. */
  readonly url: string;
  /** Makes one commit on main with exactly these files, and gives back its id. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
};

export type GitHost = { repository(name: string): Promise<HostedRepository>; close(): Promise<void> };

const identity = {
  GIT_AUTHOR_NAME: 'bed',
  GIT_AUTHOR_EMAIL: 'bed@example.com',
  GIT_COMMITTER_NAME: 'bed',
  GIT_COMMITTER_EMAIL: 'bed@example.com',
};

/** Serves Git repositories by Git's own CGI program: https://git-scm.com/docs/git-http-backend */
export async function startGitHost(): Promise<GitHost> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-git-host-'));
  const server = createServer((request, response) => serve(folder, request, response));
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    repository: (name) => createRepository(join(folder, `${name}.git`), `http://127.0.0.1:${port}/${name}.git`),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createRepository(bare: string, url: string): Promise<HostedRepository> {
  await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  return {
    url,
    commit: async (files) => {
      const tree = mkdtempSync(join(tmpdir(), 'autodevops-git-tree-'));
      try {
        for (const [path, text] of Object.entries(files)) {
          mkdirSync(dirname(join(tree, path)), { recursive: true });
          writeFileSync(join(tree, path), text);
        }
        const git = (...args: string[]): Promise<string> =>
          run('git', [`--git-dir=${bare}`, `--work-tree=${tree}`, '-c', 'commit.gpgsign=false', ...args], {
            env: identity,
            cwd: tree,
            seconds: 60,
          });
        await git('add', '--all');
        await git('commit', '--quiet', '--message', 'A change');
        return (await git('rev-parse', 'HEAD')).trim();
      } finally {
        rmSync(tree, { recursive: true, force: true });
      }
    },
  };
}

function serve(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const header = (name: string): string => String(request.headers[name] ?? '');
  const env = {
    PATH: process.env['PATH'] ?? '',
    GIT_PROJECT_ROOT: folder,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: search.slice(1),
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
  };
  const program = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'], timeout: 60_000 });
  const parts: Buffer[] = [];
  program.stdin.on('error', () => {});
  request.pipe(program.stdin);
  program.stdout.on('data', (part: Buffer) => parts.push(part));
  program.on('error', () => response.writeHead(500).end());
  program.on('close', () => answer(Buffer.concat(parts), response));
}

/** A CGI answer: header lines, of which `Status` is the answer's own, an empty line, the body. */
function answer(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) return void response.writeHead(500).end();
  const lines = output
    .subarray(0, end)
    .toString('utf8')
    .split('\r\n')
    .map((line) => line.split(/:\s*/, 2) as [string, string]);
  const status = lines.find(([name]) => name.toLowerCase() === 'status');
  response.writeHead(
    Number.parseInt(status?.[1] ?? '200', 10),
    Object.fromEntries(lines.filter((line) => line !== status)),
  );
  response.end(output.subarray(end + 4));
}
