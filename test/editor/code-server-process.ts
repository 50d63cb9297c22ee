import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { run } from '../bed/host/command.ts';
import { codeServer } from './code-server.ts';

/** What a server of windows starts with. Everything lies below `home`. */
export interface CodeServerChoice {
  readonly home: string;
  /** What to install, as .vsix. */
  readonly vsix: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Ask whether a folder is trusted, as a desktop does. */
  readonly trust: boolean;
}

/** Visual Studio Code, as a server of its windows. */
export interface CodeServerProcess {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** Ends it and what it started in its group. */
  readonly end: () => void;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(url: string, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > end) throw new Error(`${url} does not answer after ${seconds} s.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The server and the processes that it started, by their group. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

/** Where the editor reads its settings from. */
function settingsFile(home: string): string {
  return join(home, 'data', 'User', 'settings.json');
}

/** Installs the extension into a server of its own and starts that. */
export async function startCodeServer({
  home,
  vsix,
  settings,
  environment,
  trust,
}: CodeServerChoice): Promise<CodeServerProcess> {
  const program = await codeServer();
  mkdirSync(join(home, 'data', 'User'), { recursive: true });
  writeFileSync(settingsFile(home), JSON.stringify(settings, undefined, 2));
  writeFileSync(join(home, 'config.yaml'), 'auth: none\n');
  const where = [
    '--config',
    join(home, 'config.yaml'),
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    join(home, 'extensions'),
  ];
  await run(process.execPath, [program, ...where, ...vsix.flatMap((file) => ['--install-extension', file])], {
    seconds: 120,
  });
  const address = `127.0.0.1:${await freePort()}`;
  return await served(
    address,
    `http://${address}/healthz`,
    [
      program,
      ...where,
      '--auth',
      'none',
      '--bind-addr',
      address,
      '--disable-telemetry',
      '--disable-update-check',
      ...(trust ? [] : ['--disable-workspace-trust']),
    ],
    { home, environment },
  );
}

/** The server of the editor alone, which takes an extension under development and a suite from the address of its page. */
export async function startEditorServer({
  home,
  environment,
}: Pick<CodeServerChoice, 'home' | 'environment'>): Promise<CodeServerProcess> {
  const program = join(await codeServer(), '..', '..', '..', 'lib', 'vscode', 'out', 'server-main.js');
  const port = String(await freePort());
  const own = [
    '--server-data-dir',
    join(home, 'server'),
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    join(home, 'extensions'),
  ];
  const address = `127.0.0.1:${port}`;
  return await served(
    address,
    `http://${address}/version`,
    [
      program,
      '--host',
      '127.0.0.1',
      '--port',
      port,
      '--without-connection-token',
      '--enable-smoke-test-driver',
      '--accept-server-license-terms',
      ...own,
      '--telemetry-level',
      'off',
      '--disable-workspace-trust',
    ],
    { home, environment },
  );
}

async function served(
  address: string,
  health: string,
  args: readonly string[],
  { home, environment }: Pick<CodeServerChoice, 'home' | 'environment'>,
): Promise<CodeServerProcess> {
  const server = spawn(process.execPath, [...args], {
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      HOME: home,
      XDG_RUNTIME_DIR: home,
      XDG_STATE_HOME: join(home, 'state'),
      ...environment,
    },
  });
  try {
    await answers(health, 60);
  } catch (error) {
    endGroup(server);
    throw error;
  }
  return { address, end: () => endGroup(server) };
}
