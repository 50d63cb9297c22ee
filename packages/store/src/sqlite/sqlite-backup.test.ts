import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntry, proposed } from '@autodevops/testkit/store-conformance-samples';
import { makeCheckpoint, publicKeyOf } from '../audit/audit-checkpoint.ts';
import { fillStore } from '../backup/filled-store.test-rows.ts';
import { openBetterSqlite3 } from './driver/better-sqlite3-driver.ts';
import { backupSqlite, checkSqlite, restoreSqlite } from './sqlite-backup.ts';
import { openSqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'autodevops-backup-'));
const [file, backup, signedBackup] = [
  join(folder, 'store.db'),
  join(folder, 'backup.jsonl'),
  join(folder, 'signed.jsonl'),
];
const key = generateKeyPairSync('ed25519').privateKey;
const time = '2026-01-01T00:00:00.000Z';
let files = 0;
const fresh = (): string => join(folder, `fresh-${(files += 1)}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let head: { readonly sequence: number; readonly hash: string };
beforeAll(async () => {
  const store = await openSqliteStore({ file });
  await fillStore(store);
  head = await store.audit.head();
  await store.audit.keepCheckpoint(makeCheckpoint(head, time, key));
  await store.close();
  await backupSqlite({ file, to: backup, time });
  await backupSqlite({ file, to: signedBackup, time, key });
});

/** Restores a text in place of the backup; nothing may be left of a restoration that was refused. */
async function restoring(
  text: string | Buffer,
  options: Partial<Parameters<typeof restoreSqlite>[0]> = {},
): Promise<unknown> {
  const [from, to] = [fresh(), fresh()];
  writeFileSync(from, text);
  const failure = await restoreSqlite({ from, file: to, ...options }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure !== undefined) {
    expect(readdirSync(folder).filter((name) => name.startsWith(to.slice(folder.length + 1)))).toEqual([]);
  }
  return failure;
}

describe('a backup', () => {
  it('restores to a store that remembers the same, by its digest', async () => {
    const to = fresh();
    const { digest, rows } = await restoreSqlite({ from: backup, file: to });
    const again = await backupSqlite({ file: to, to: fresh(), time });
    expect(again).toMatchObject({ digest, rows, customer: 'local' });
    expect(await checkSqlite({ file: to })).toMatchObject({ sound: true, findings: [] });
  });

  it("gives back what is computed from the rows too, and leases as nobody's with their fences", async () => {
    const to = fresh();
    await restoreSqlite({ from: backup, file: to, audit: auditEntry('store', { code: 'STO001' }) });
    const [was, is] = [await openSqliteStore({ file }), await openSqliteStore({ file: to })];
    const seen = (store: typeof is): Promise<unknown> =>
      Promise.all([
        store.changes.list({ limit: 100, open: true }),
        store.changes.byKey('k-*'),
        store.memory.search('word', { limit: 100 }),
        store.people.byAccount('*'),
        store.outbox.head(),
      ]);
    expect(await seen(is)).toEqual(await seen(was));
    expect(await is.leases.acquire('lease', 'new', 1000)).toMatchObject({ fence: 3 });
    expect(
      (await is.audit.rows({ from: head.sequence + 1, limit: 10 })).map(({ previous, entry }) => [
        previous,
        entry.code,
      ]),
    ).toEqual([[head.hash, 'STO001']]);
    await Promise.all([was.close(), is.close()]);
  });

  it('is made while the store is written to, of one moment', async () => {
    const busy = fresh();
    const store = await openSqliteStore({ file: busy });
    for (let n = 0; n < 1200; n += 100) {
      await Promise.all(
        Array.from({ length: 100 }, (_, at) =>
          store.changes.append({
            id: `chg-${n + at}`,
            after: 0,
            events: [proposed(`${n + at}`)],
            audit: [auditEntry(`${n + at}`)],
            outbox: [],
          }),
        ),
      );
    }
    const to = fresh();
    const backingUp = backupSqlite({ file: busy, to, time });
    for (let n = 0; n < 5; n += 1) await store.audit.append([auditEntry('meanwhile')]);
    await backingUp;
    await store.close();
    expect(await restoring(readFileSync(to))).toBeUndefined();
  });

  it("is its owner's alone, and does not take the place of another file half made", async () => {
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    await expect(backupSqlite({ file, to: join(folder, 'nowhere', 'backup.jsonl'), time })).rejects.toMatchObject({
      code: 'output.failed',
    });
    await expect(backupSqlite({ file: fresh(), to: fresh(), time })).rejects.toMatchObject({
      code: 'store.unavailable',
    });
  });

  it('that is signed is taken from who asks for that key, and no other is', async () => {
    const trusted = [publicKeyOf(key)];
    expect(await restoring(readFileSync(signedBackup), { trusted })).toBeUndefined();
    expect(await restoring(readFileSync(backup), { trusted })).toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('is not signed by a key that is trusted'),
    });
    expect(
      await restoring(readFileSync(signedBackup, 'utf8').replace(/"signature":"./, '"signature":"_'), { trusted }),
    ).toMatchObject({ code: 'store.corrupt' });
  });
});

describe('what is refused, and leaves nothing behind', () => {
  it('is a backup with any byte changed', async () => {
    const bytes = readFileSync(backup);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, other) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ other;
        expect(await restoring(changed)).toBeInstanceOf(Error);
      }),
      { numRuns: 60 },
    );
  });

  it('is a backup that was cut anywhere', async () => {
    const bytes = readFileSync(backup);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        expect(await restoring(bytes.subarray(0, length))).toMatchObject({ code: 'store.corrupt' });
      }),
      { numRuns: 40 },
    );
  });

  it('is a backup of something else, a newer one, and one of another customer', async () => {
    const lines = readFileSync(backup, 'utf8').split('\n');
    const header = (changes: object): string =>
      [JSON.stringify({ ...(JSON.parse(lines[0] ?? '') as object), ...changes }), ...lines.slice(1)].join('\n');
    expect(await restoring('hello\n')).toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('is not a backup of a store'),
    });
    expect(await restoring('')).toMatchObject({ code: 'store.corrupt' });
    expect(await restoring(header({ version: 3 }))).toMatchObject({ code: 'store.newer' });
    expect(await restoring(readFileSync(backup), { customer: 'acme' })).toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('is a backup of the customer local, not of acme'),
    });
    expect(await restoring(readFileSync(backup), { customer: 'acme', ofCustomer: 'local' })).toBeUndefined();
  });

  it('is to restore over a file that is there', async () => {
    await expect(restoreSqlite({ from: backup, file })).rejects.toMatchObject({
      code: 'output.failed',
      message: `${file} is there already; nothing was restored.`,
    });
    await expect(restoreSqlite({ from: fresh(), file: fresh() })).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

describe('a check', () => {
  /** A copy of the store, changed behind its back as only who holds the file can. */
  async function tampered(...sql: readonly string[]): Promise<Awaited<ReturnType<typeof checkSqlite>>> {
    const copy = fresh();
    await restoreSqlite({ from: backup, file: copy });
    const driver = openBetterSqlite3(copy, { readOnly: false });
    for (const trigger of [
      'audit_stays',
      'audit_is_kept',
      'audit_follows',
      'journal_event_stays',
      'journal_event_is_kept',
    ]) {
      driver.exec(`DROP TRIGGER ${trigger}`);
    }
    driver.exec('PRAGMA foreign_keys = OFF');
    for (const one of sql) driver.exec(one);
    driver.close();
    return checkSqlite({ file: copy });
  }

  it('finds nothing wrong with a store that is sound, and counts what is in it', async () => {
    expect(await checkSqlite({ file, checkpoints: [makeCheckpoint(head, time, key)] })).toEqual({
      sound: true,
      findings: [],
      journals: 27,
      auditRows: head.sequence,
      auditHash: head.hash,
      memories: 26,
    });
  });

  it.each([
    [
      'an entry that was changed',
      "UPDATE audit SET entry = replace(entry, 'Ann', 'Eve') WHERE sequence = 2",
      'Row 2 of the audit was changed.',
    ],
    [
      'a row that was removed',
      'DELETE FROM audit WHERE sequence = 3',
      'Row 3 of the audit is missing: row 4 comes next.',
    ],
    [
      'an end that was cut',
      'DELETE FROM audit WHERE sequence > 5',
      'saw more rows than there are: the end of the audit was cut.',
    ],
    ['an event that was removed', "DELETE FROM journal_event WHERE id = '*' AND sequence = 1", '* has'],
    [
      'an event that was changed',
      "UPDATE journal_event SET event = '{}' WHERE id = '*'",
      'An event of * in the store is not what was written there.',
    ],
    [
      'a text that is no JSON',
      "UPDATE setting SET value = 'x'",
      'A setting in the store is not what was written there.',
    ],
    [
      'a row without the one that it belongs to',
      "DELETE FROM journal WHERE id = '*'",
      'rows belong to rows that are not there.',
    ],
  ])('finds %s', async (_what, sql, says) => {
    const { sound, findings } = await tampered(sql);
    expect(sound).toBe(false);
    expect(findings.join(' ')).toContain(says);
  });

  it('finds a damaged page that SQLite itself complains of', async () => {
    const copy = fresh();
    await restoreSqlite({ from: backup, file: copy });
    const bytes = readFileSync(copy);
    const place = bytes.indexOf('local:ann');
    bytes.fill(0xff, Math.floor(place / 4096) * 4096, Math.floor(place / 4096) * 4096 + 200);
    writeFileSync(copy, bytes);
    const found = await checkSqlite({ file: copy }).then(
      ({ findings }) => findings.join(' '),
      (error: unknown) => String(error),
    );
    expect(found).toContain('damaged');
    expect(existsSync(copy)).toBe(true);
  });
});
