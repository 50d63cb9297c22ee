import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratePostgresBot } from '../../packages/store/src/bot/postgres/postgres-bot-migrate.ts';
import { runSql, startTestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import type { Comparison } from './comparisons.ts';
import { measure } from './measured-process.ts';

type Prepared = Awaited<ReturnType<Comparison['prepare']>>;

const program = join(import.meta.dirname, 'programs', 'bot-store-messages.ts');
const [many, few, measured] = [100_000, 1000, 300];

/** What is only there to be there need not be durable, one commit after the other. */
function hasty(where: string): string {
  return where.startsWith('{')
    ? JSON.stringify({ ...(JSON.parse(where) as object), options: '-c synchronous_commit=off' })
    : where;
}

/** `url` holds many, `kubeconfig` few: files, or addresses as JSON. */
async function filled(
  what: string,
  { url, kubeconfig }: Pick<Prepared, 'url' | 'kubeconfig'>,
  stop: Prepared['stop'],
): Promise<Prepared> {
  await measure([program, what, hasty(url), 'fill', String(many)]);
  await measure([program, what, hasty(kubeconfig), 'fill', String(few)]);
  return { url, kubeconfig, pods: 0, stop };
}

function files(): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  return filled('sqlite', { url: join(folder, 'many.db'), kubeconfig: join(folder, 'few.db') }, () =>
    rmSync(folder, { recursive: true, force: true }),
  );
}

/** A server that makes every commit durable. */
async function databases(): Promise<Prepared> {
  const server = await startTestServer([]);
  await runSql(server.superuser, 'CREATE DATABASE few OWNER autodevops_owner');
  for (const database of ['autodevops', 'few']) {
    await migratePostgresBot({ address: { ...server.owner, database }, runtimeRole: 'autodevops_app' });
  }
  return filled(
    'postgres',
    { url: JSON.stringify(server.runtime), kubeconfig: JSON.stringify({ ...server.runtime, database: 'few' }) },
    () => server.stop(),
  );
}

async function milliseconds(what: string, where: string): Promise<number> {
  const { figures } = await measure([program, what, where, 'measure', String(measured)]);
  const value = figures['milliseconds'];
  if (value === undefined) throw new Error('The program reported nothing.');
  return value;
}

const row = (name: string, what: string, prepare: () => Promise<Prepared>): Comparison => ({
  what: `a Slack message wanted, claimed and delivered beside 100,000 kept, 10,000 of them waiting, ${name}`,
  unit: 'ms',
  goal: { atMost: 2 },
  prepare,
  measure: ({ url }) => milliseconds(what, url),
  peer: { name: 'beside 1,000 kept', measure: ({ kubeconfig }) => milliseconds(what, kubeconfig) },
});

export const botStoreComparisons: readonly Comparison[] = [
  row('SQLite', 'sqlite', files),
  row('PostgreSQL', 'postgres', databases),
];
