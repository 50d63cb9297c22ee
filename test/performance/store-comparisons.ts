import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { AuditEntry } from '../../packages/domain/src/change/audit-event.ts';
import { chain, emptyChain, entryTexts, rowLine } from '../../packages/store/src/audit/audit-chain.ts';
import { startTestServer } from '../../packages/store/src/postgres/testing/test-server.ts';
import { approvalOf } from './approval-records.ts';
import type { Comparison } from './comparisons.ts';
import { measure } from './measured-process.ts';

type Prepared = Awaited<ReturnType<Comparison['prepare']>>;

const programs = join(import.meta.dirname, 'programs');
const approvals = 1000;
const rows = 1_000_000;
const few = 100_000;

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
  return { url: JSON.stringify(started.runtime), kubeconfig: JSON.stringify(started.owner), pods: 0, stop: () => void started.stop() };
}

/** A million rows in a file, and a tenth of it in one beside it. `url` is the file. */
async function auditFile(): Promise<Prepared> {
  const prepared = await folder();
  const path = join(prepared.url, 'audit.jsonl');
  await writeAudit(path, rows);
  await writeAudit(`${path}.small`, few);
  return { ...prepared, url: path };
}

async function writeAudit(path: string, count: number): Promise<void> {
  const out = createWriteStream(path);
  let head = emptyChain;
  for (let written = 0; written < count; written += 1000) {
    const entries = Array.from({ length: 1000 }, (_, at) => approvalOf(written + at).audit).flat();
    const chained = chain(head, entryTexts(entries));
    head = chained.at(-1) ?? head;
    const text = chained.map((row) => `${rowLine({ ...row, entry: JSON.parse(row.entryText) as AuditEntry })}\n`).join('');
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

let round = 0;
const sqlite = (together: number, count: number) => (p: Prepared): Promise<number> =>
  figure('perSecond', 'store-approvals', 'sqlite', join(p.url, `store-${(round += 1)}.db`), String(count), String(together));
const disk = (p: Prepared): Promise<number> => figure('perSecond', 'disk-floor', join(p.url, `floor-${(round += 1)}`), String(approvals));
const postgres = (together: number, count: number) => (p: Prepared): Promise<number> => figure('perSecond', 'store-approvals', 'postgres', p.url, String(count), String(together));
const bare = (together: number, count: number) => (p: Prepared): Promise<number> => figure('perSecond', 'postgres-floor', p.kubeconfig, String(count), String(together));
const verified = (name: string) => (p: Prepared): Promise<number> => figure(name, 'audit-verify', p.url, String(rows));
const fewVerified = (p: Prepared): Promise<number> => figure('peakMegabytes', 'audit-verify', `${p.url}.small`, String(few));

export const storeComparisons: readonly Comparison[] = [
  { what: 'approvals with audit a second, SQLite', unit: '1/s', goal: { least: 0.8 }, prepare: folder, measure: sqlite(1, approvals), peer: { name: '4 kB and fdatasync', measure: disk } },
  { what: 'approvals with audit a second, SQLite, 64 at a time', unit: '1/s', goal: { least: 5 }, prepare: folder, measure: sqlite(64, 10 * approvals), peer: { name: '4 kB and fdatasync', measure: disk } },
  { what: 'approvals with audit a second, PostgreSQL, one at a time', unit: '1/s', prepare: server, measure: postgres(1, approvals), peer: { name: 'the same commits bare', measure: bare(1, approvals) } },
  { what: 'approvals with audit a second, PostgreSQL, 16 at a time', unit: '1/s', goal: { least: 0.8 }, prepare: server, measure: postgres(16, 5 * approvals), peer: { name: 'the same commits bare, 16 connections', measure: bare(16, 5 * approvals) } },
  { what: 'audit rows verified a second, of 1,000,000', unit: '1/s', goal: { least: 0.4 }, prepare: auditFile, measure: verified('perSecond'), peer: { name: 'sha256 of each row', measure: (p) => figure('perSecond', 'audit-floor', p.url) } },
  { what: 'peak memory of verifying 1,000,000 audit rows', unit: 'MB', goal: { atMost: 2 }, prepare: auditFile, measure: verified('peakMegabytes'), peer: { name: 'of 100,000 rows', measure: fewVerified } },
];
