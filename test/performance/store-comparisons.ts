import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import type { Comparison } from './comparisons.ts';
import { measure } from './measured-process.ts';

type Prepared = Awaited<ReturnType<Comparison['prepare']>>;

const programs = join(import.meta.dirname, 'programs');
const approvals = 1000;

async function figure(name: string, program: string, ...args: readonly string[]): Promise<number> {
  const { figures } = await measure([join(programs, `${program}.ts`), ...args]);
  const value = figures[name];
  if (value === undefined) throw new Error(`${program} reported no ${name}`);
  return value;
}

/** `url` is the folder. */
async function folder(): Promise<Prepared> {
  const path = mkdtempSync(join(tmpdir(), 'autodevops-bench-'));
  return { url: path, kubeconfig: '', pods: 0, stop: () => rmSync(path, { recursive: true, force: true }) };
}

/** A server that makes every commit durable. `url` is the store's address, `kubeconfig` the owner's, both as JSON. */
async function server(): Promise<Prepared> {
  const started = await startTestServer([]);
  return {
    url: JSON.stringify(started.runtime),
    kubeconfig: JSON.stringify(started.owner),
    pods: 0,
    stop: () => started.stop(),
  };
}

let round = 0;
const sqlite =
  (together: number, count: number) =>
  (p: Prepared): Promise<number> =>
    figure(
      'perSecond',
      'store-approvals',
      'sqlite',
      join(p.url, `store-${(round += 1)}.db`),
      String(count),
      String(together),
    );
const disk = (p: Prepared): Promise<number> =>
  figure('perSecond', 'disk-floor', join(p.url, `floor-${(round += 1)}`), String(approvals));
const postgres =
  (together: number, count: number) =>
  (p: Prepared): Promise<number> =>
    figure('perSecond', 'store-approvals', 'postgres', p.url, String(count), String(together));
const bare =
  (together: number, count: number) =>
  (p: Prepared): Promise<number> =>
    figure('perSecond', 'postgres-floor', p.kubeconfig, String(count), String(together));

export const storeComparisons: readonly Comparison[] = [
  {
    what: 'approvals with audit a second, SQLite',
    unit: '1/s',
    goal: { least: 0.8 },
    prepare: folder,
    measure: sqlite(1, approvals),
    peer: { name: '4 kB and fdatasync', measure: disk },
  },
  {
    what: 'approvals with audit a second, SQLite, 64 at a time',
    unit: '1/s',
    goal: { least: 5 },
    prepare: folder,
    measure: sqlite(64, 10 * approvals),
    peer: { name: '4 kB and fdatasync', measure: disk },
  },
  {
    what: 'approvals with audit a second, PostgreSQL, one at a time',
    unit: '1/s',
    prepare: server,
    measure: postgres(1, approvals),
    peer: { name: 'the same commits bare', measure: bare(1, approvals) },
  },
  {
    what: 'approvals with audit a second, PostgreSQL, 16 at a time',
    unit: '1/s',
    goal: { least: 0.8 },
    prepare: server,
    measure: postgres(16, 5 * approvals),
    peer: { name: 'the same commits bare, 16 connections', measure: bare(16, 5 * approvals) },
  },
];
