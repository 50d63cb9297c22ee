import { createHash, sign, verify, createPublicKey } from 'node:crypto';
import type { Hash, KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { publicKeyOf } from '../audit/audit-checkpoint.ts';
import { eachLine } from '../audit/each-line.ts';
import { BackupRow } from './backup-row.ts';
import type { ReadRows } from './backup-row.ts';

const Header = z.strictObject({
  format: z.literal('autodevops-store'),
  version: z.int(),
  customer: z.string(),
  time: z.string(),
});
const End = z.strictObject({
  end: z.strictObject({
    rows: z.int().min(0),
    digest: z.string().describe('SHA-256 of the lines of the rows: the same for every backup of the same store'),
    sha256: z.string().describe('of all lines before this one'),
    key: z.string().optional().describe('the Ed25519 public key, SPKI, base64'),
    signature: z.string().optional().describe('Ed25519 over `sha256`, base64'),
  }),
});
type End = z.infer<typeof End>['end'];

/** 2: conversations. */
export const backupVersion = 2;
/** In bytes. A journal is one line; nobody writes one of this length. */
const longestLine = 256 * 1024 * 1024;
/** Rows are written together until they have so many bytes. */
const pieceBytes = 256 * 1024;

export interface BackupSummary {
  readonly customer: string;
  readonly time: string;
  readonly rows: number;
  readonly digest: string;
}

/** Digests of a backup's lines while they pass. */
class Digests {
  private readonly all: Hash = createHash('sha256');
  private readonly ofRows: Hash = createHash('sha256');
  rows = 0;

  header(line: string | Buffer): void {
    this.all.update(line).update('\n');
  }

  row(line: string | Buffer): void {
    this.rows += 1;
    this.all.update(line).update('\n');
    this.ofRows.update(line).update('\n');
  }

  end(): Pick<End, 'rows' | 'digest' | 'sha256'> {
    return { rows: this.rows, digest: this.ofRows.digest('hex'), sha256: this.all.digest('hex') };
  }
}

/** The digest that a backup of these rows would have. */
export async function digestOf(readRows: ReadRows): Promise<{ readonly rows: number; readonly digest: string }> {
  const digests = new Digests();
  await readRows(async (row) => digests.row(canonicalJson(row)));
  const { rows, digest } = digests.end();
  return { rows, digest };
}

export interface WriteOptions {
  readonly file: string;
  readonly customer: string;
  /** ISO 8601. */
  readonly time: string;
  readonly readRows: ReadRows;
  /** An Ed25519 private key that vouches for the file. */
  readonly key?: KeyObject;
}

function signed(end: Pick<End, 'rows' | 'digest' | 'sha256'>, key: KeyObject | undefined): End {
  if (key === undefined) return end;
  return { ...end, key: publicKeyOf(key), signature: sign(null, Buffer.from(end.sha256), key).toString('base64') };
}

async function writeLines(handle: FileHandle, { customer, time, readRows, key }: WriteOptions): Promise<BackupSummary> {
  const digests = new Digests();
  let piece = '';
  const flush = async (): Promise<void> => {
    await handle.appendFile(piece);
    piece = '';
  };
  const header = canonicalJson({ format: 'autodevops-store', version: backupVersion, customer, time });
  digests.header(header);
  piece = `${header}\n`;
  await readRows(async (row) => {
    const line = canonicalJson(row);
    digests.row(line);
    piece += `${line}\n`;
    if (piece.length > pieceBytes) await flush();
  });
  const end = signed(digests.end(), key);
  piece += `${canonicalJson({ end })}\n`;
  await flush();
  await handle.sync();
  return { customer, time, rows: end.rows, digest: end.digest };
}

function cannotWrite(file: string, error: NodeJS.ErrnoException): unknown {
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return new AutoDevOpsError(
      'store.full',
      `There is no room left for ${file}; no backup was made.`,
      'Free disk space, then try again.',
      { cause: error },
    );
  }
  if (error.code !== undefined && /^E[A-Z]+$/.test(error.code)) {
    return new AutoDevOpsError(
      'output.failed',
      `${file} cannot be written (${error.code}); no backup was made.`,
      'Name a new file in a folder that may be written.',
      { cause: error },
    );
  }
  return error;
}

/** Writes a backup, for its owner's eyes alone. It has its name only when it is whole and on the disk. */
export async function writeBackup(options: WriteOptions): Promise<BackupSummary> {
  const part = `${options.file}.${process.pid}.part`;
  try {
    const handle = await open(part, 'wx', 0o600);
    const summary = await writeLines(handle, options).finally(() => handle.close());
    await rename(part, options.file);
    return summary;
  } catch (error) {
    await rm(part, { force: true });
    throw cannotWrite(options.file, error as NodeJS.ErrnoException);
  }
}

function damaged(file: string, what: string): AutoDevOpsError {
  return new AutoDevOpsError('store.corrupt', `${file} ${what}; nothing was restored.`, 'Take another backup.');
}

function parseLine<T>(shape: z.ZodType<T>, line: Buffer): T | undefined {
  try {
    const parsed = shape.safeParse(JSON.parse(line.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function readHeader(file: string, line: Buffer): z.infer<typeof Header> {
  const header = parseLine(Header, line);
  if (header === undefined) throw damaged(file, 'is not a backup of a store');
  if (header.version <= backupVersion) return header;
  throw new AutoDevOpsError(
    'store.newer',
    `${file} was made by a newer version (format ${header.version}; this version knows ${backupVersion}).`,
    'Update Auto-DevOps.',
  );
}

function requireSignature(file: string, { key, signature, sha256 }: End, trusted: readonly string[]): void {
  if (key === undefined || signature === undefined || !trusted.includes(key)) {
    throw damaged(file, 'is not signed by a key that is trusted');
  }
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(sha256), publicKey, Buffer.from(signature, 'base64'))) {
    throw damaged(file, 'does not bear the signature of its key');
  }
}

export interface ReadOptions {
  readonly file: string;
  /** Public keys (SPKI, base64): only a backup that one of them signed is taken. */
  readonly trusted?: readonly string[];
  readonly put: (row: BackupRow) => Promise<void>;
}

/** What has been read of a backup so far. */
class Reading {
  private readonly digests = new Digests();
  private header: z.infer<typeof Header> | undefined;
  private end: End | undefined;
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  /** The row that the line holds, if it holds one. */
  line(line: Buffer, ended: boolean): BackupRow | undefined {
    if (!ended || this.end !== undefined) {
      throw damaged(this.file, ended ? 'goes on after its end' : 'was cut, or changed');
    }
    if (this.header === undefined) {
      this.header = readHeader(this.file, line);
      this.digests.header(line);
      return undefined;
    }
    this.end = parseLine(End, line)?.end;
    if (this.end !== undefined) return undefined;
    const row = parseLine(BackupRow, line);
    if (row === undefined) throw damaged(this.file, `has a row that is none (row ${this.digests.rows + 1})`);
    this.digests.row(line);
    return row;
  }

  finish(trusted: readonly string[] | undefined): BackupSummary {
    if (this.header === undefined) throw damaged(this.file, 'is empty');
    if (this.end === undefined) throw damaged(this.file, 'has no end: it was cut');
    const { rows, digest, sha256 } = this.digests.end();
    if (rows !== this.end.rows || digest !== this.end.digest || sha256 !== this.end.sha256) {
      throw damaged(this.file, 'was changed after it was made');
    }
    if (trusted !== undefined) requireSignature(this.file, this.end, trusted);
    return { customer: this.header.customer, time: this.header.time, rows, digest };
  }
}

/**
 * Gives the rows of a backup to `put` as they are read. Only when it returns is it known that the backup is whole and
 * unchanged: what `put` does has to be taken back when this throws. Throws `store.corrupt` and `store.newer`.
 */
export async function readBackup({ file, trusted, put }: ReadOptions): Promise<BackupSummary> {
  const reading = new Reading(file);
  let pending: BackupRow[] = [];
  const flush = async (): Promise<void> => {
    for (const row of pending) await put(row);
    pending = [];
  };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file, { highWaterMark: pieceBytes })) {
      yield chunk as Uint8Array;
      await flush();
    }
  }
  try {
    await eachLine(chunks(), longestLine, (bytes, from, to, ended) => {
      const row = reading.line(bytes.subarray(from, to), ended);
      if (row !== undefined) pending.push(row);
      return true;
    });
    await flush();
    return reading.finish(trusted);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new AutoDevOpsError(
      'store.unavailable',
      `${file} cannot be read (${code}).`,
      'Name a backup that exists and may be read.',
      { cause: error },
    );
  }
}
