import { generateKeyPairSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditEntry } from '@autodevops/testkit/store-conformance-samples';
import { makeCheckpoint, publicKeyOf } from './audit-checkpoint.ts';
import { rowHash } from './audit-chain.ts';
import { logOf, logOfRows } from './audit-log.test-text.ts';
import { verifyAudit, verifyAuditFile } from './audit-verify.ts';
import type { AuditVerdict, VerifyOptions } from './audit-verify.ts';

async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function verdictOn(
  text: string | Buffer | readonly string[],
  options?: VerifyOptions,
  size = 65_536,
): Promise<AuditVerdict> {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(typeof text === 'string' ? text : text.join(''));
  return verifyAudit(piecesOf(bytes, size), options);
}

const log = logOfRows(12);
const key = generateKeyPairSync('ed25519').privateKey;
const checkpointOf = (row: number): ReturnType<typeof makeCheckpoint> =>
  makeCheckpoint(log.heads[row - 1] ?? { sequence: 0, hash: '' }, '2026-01-01T12:00:00.000Z', key);
const atEnd = checkpointOf(12);

/** Without one row, or with one moved or repeated. */
function without(at: number): readonly string[] {
  return log.lines.filter((_, n) => n !== at);
}

describe('an audit file that is as it was written', () => {
  it('is found intact, however it comes in pieces', async () => {
    const text = Buffer.from(log.lines.join(''));
    for (const size of [1, 7, 100, 1_000_000]) {
      expect(await verdictOn(text, {}, size)).toEqual({
        intact: true,
        rows: 12,
        hash: log.heads[11]?.hash,
        checkpoints: 0,
        says: 'Rows 1 to 12 are as they were written.',
      });
    }
  });

  it('may hold nothing yet', async () => {
    expect(await verdictOn('')).toMatchObject({ intact: true, rows: 0, says: 'The file holds no row.' });
  });

  it('is what its checkpoints saw', async () => {
    const verdict = await verdictOn(log.lines, { checkpoints: [checkpointOf(5), atEnd], trusted: [publicKeyOf(key)] });
    expect(verdict).toMatchObject({
      intact: true,
      checkpoints: 2,
      says: 'Rows 1 to 12 are as they were written, as 2 checkpoints say.',
    });
  });

  it('may be a part of a log, if one says which', async () => {
    expect(await verdictOn(log.lines.slice(4, 8), { first: 5, last: 8 })).toMatchObject({ intact: true, rows: 4 });
    expect(await verdictOn(log.lines.slice(4, 8))).toMatchObject({ intact: false, fault: 'cut', line: 1, sequence: 1 });
    expect(await verdictOn(log.lines.slice(4, 7), { first: 5, last: 8 })).toMatchObject({
      fault: 'cut',
      says: 'The file ends with row 7; row 8 was to be its last: its end was cut.',
    });
  });

  it('is tied to what came before it by a checkpoint of the row before', async () => {
    const other = makeCheckpoint({ sequence: 4, hash: 'f'.repeat(64) }, '2026-01-01T12:00:00.000Z', key);
    expect(await verdictOn(log.lines.slice(4), { first: 5, checkpoints: [checkpointOf(4)] })).toMatchObject({
      intact: true,
    });
    expect(await verdictOn(log.lines.slice(4), { first: 5, checkpoints: [other] })).toMatchObject({
      intact: false,
      fault: 'rewritten',
      sequence: 5,
    });
  });
});

describe('in an audit file', () => {
  it('any byte that was changed is found, in its row', async () => {
    const bytes = Buffer.from(log.lines.join(''));
    const starts = log.lines.map((_, at) => Buffer.byteLength(log.lines.slice(0, at).join('')));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, other) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ other;
        const verdict = await verdictOn(changed);
        const line = starts.filter((start) => start <= at).length;
        expect(verdict).toMatchObject({ intact: false, line, sequence: line });
      }),
      { numRuns: 1000 },
    );
  });

  it('any byte that was taken out or put in is found', async () => {
    const bytes = Buffer.from(log.lines.join(''));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
        const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
        const longer = Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]);
        expect((await verdictOn(shorter)).intact).toBe(false);
        expect((await verdictOn(longer)).intact).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('any row that was cut is found, the last ones by a checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(11), fc.integer({ min: 1, max: 12 }), async (at, many) => {
        const left = log.lines.filter((_, n) => n < at || n >= at + many);
        const verdict = await verdictOn(left, { checkpoints: [atEnd] });
        expect(verdict).toMatchObject({ intact: false, fault: 'cut', line: at + 1, sequence: at + 1 });
      }),
    );
  });

  it('any row that was moved is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(11), fc.nat(10), async (from, to) => {
        fc.pre(from !== to);
        const moved = without(from).toSpliced(to, 0, log.lines[from] ?? '');
        expect(await verdictOn(moved)).toMatchObject({ intact: false, fault: 'moved', line: Math.min(from, to) + 1 });
      }),
    );
  });

  it('any row that was repeated is found', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(11), fc.nat(12), async (row, place) => {
        fc.pre(place > row);
        const verdict = await verdictOn(log.lines.toSpliced(place, 0, log.lines[row] ?? ''));
        expect(verdict).toMatchObject({ intact: false, fault: 'repeated', line: place + 1 });
      }),
    );
  });

  it('a row that was written anew with its own hash no longer fits the next one', async () => {
    const { entry, previous } = JSON.parse(log.lines[5] ?? '') as { entry: unknown; previous: string };
    const forged = JSON.stringify(entry).replace('chg-5', 'chg-6');
    const line = `{"entry":${forged},"hash":"${rowHash(6, previous, forged)}","previous":"${previous}","sequence":6}\n`;
    expect(await verdictOn(log.lines.toSpliced(5, 1, line))).toMatchObject({
      intact: false,
      fault: 'rewritten',
      line: 7,
      says: 'Row 7 does not follow row 6: one of the two was rewritten.',
    });
  });

  it('a log that was written anew as a whole is not what the checkpoint saw', async () => {
    const forged = logOf(Array.from({ length: 12 }, (_, at) => auditEntry(`other-${at}`)));
    expect(await verdictOn(forged.lines)).toMatchObject({ intact: true });
    expect(await verdictOn(forged.lines, { checkpoints: [checkpointOf(3)] })).toMatchObject({
      intact: false,
      fault: 'rewritten',
      line: 3,
      sequence: 3,
    });
  });

  it('a line without an end is not taken for a row', async () => {
    const text = log.lines.join('');
    expect(await verdictOn(text.slice(0, -1))).toMatchObject({ intact: false, fault: 'cut', line: 12 });
    expect(await verdictOn(text.slice(0, -40))).toMatchObject({ intact: false, fault: 'cut', line: 12 });
  });

  it('what is no audit file at all is refused at its first line', async () => {
    for (const text of ['\n', '{}\n', 'hello\n', '[]\n', `${'x'.repeat(3_000_000)}\n`, '\0\0\0']) {
      expect(await verdictOn(text)).toMatchObject({ intact: false, line: 1, rows: 0 });
    }
  });
});

describe('a checkpoint', () => {
  it('that was changed is not believed', async () => {
    for (const change of [
      { sequence: 11 },
      { hash: 'f'.repeat(64) },
      { time: '2026-01-02T00:00:00.000Z' },
      { signature: '' },
      { key: 'AAAA' },
    ]) {
      expect(await verdictOn(log.lines, { checkpoints: [{ ...atEnd, ...change }] })).toMatchObject({
        intact: false,
        fault: 'checkpoint',
      });
    }
  });

  it('of a key that is not trusted is not believed', async () => {
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const forged = makeCheckpoint(log.heads[11] ?? { sequence: 0, hash: '' }, '2026-01-01T12:00:00.000Z', stranger);
    expect(await verdictOn(log.lines, { checkpoints: [forged], trusted: [publicKeyOf(key)] })).toMatchObject({
      intact: false,
      fault: 'checkpoint',
      says: 'The checkpoint of row 12 (2026-01-01T12:00:00.000Z) is signed by a key that is not trusted.',
    });
  });

  it('names the cut end', async () => {
    expect(await verdictOn(log.lines.slice(0, 9), { checkpoints: [atEnd] })).toMatchObject({
      intact: false,
      fault: 'cut',
      line: 10,
      sequence: 10,
      rows: 9,
      says: 'The file ends with row 9, but the log had 12 rows at 2026-01-01T12:00:00.000Z: its end was cut.',
    });
  });
});

it('says it in a sentence when there is no file', async () => {
  await expect(verifyAuditFile('/nowhere/audit.jsonl')).rejects.toMatchObject({
    code: 'audit.broken',
    message: '/nowhere/audit.jsonl cannot be read (ENOENT).',
  });
});
