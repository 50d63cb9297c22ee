import { open } from 'node:fs/promises';
import type { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { emptyChain } from './audit-chain.ts';
import { checkpointsBySequence, unbelievable } from './audit-checkpoint.ts';
import type { Checkpoints } from './audit-checkpoint.ts';
import { contradicted, cutEnd, early, late, notARow, unlinked } from './audit-fault.ts';
import type { AuditFault, Finding, Late } from './audit-fault.ts';
import { longestLine, nextHash, readAuditLine } from './audit-line.ts';
import { eachLine } from './each-line.ts';

/** How much of a file is read at a time. */
const pieceBytes = 256 * 1024;

export interface AuditVerdict {
  readonly intact: boolean;
  /** Rows that were found to be as they were written, from the first on. */
  readonly rows: number;
  /** The hash of the last of them. */
  readonly hash: string;
  /** How many checkpoints said the same as the file. */
  readonly checkpoints: number;
  readonly fault?: AuditFault;
  /** The line in the file where it shows, from 1; the row that belongs there. Where the file ends, one past the last. */
  readonly line?: number;
  readonly sequence?: number;
  /** One sentence for people. */
  readonly says: string;
}

export interface VerifyOptions {
  /** The row that the file begins with, where it is a part of a log. */
  readonly first?: number;
  /** The row that it ends with, where it is a part of a log. */
  readonly last?: number;
  readonly checkpoints?: readonly AuditCheckpoint[];
  /** Public keys (SPKI, base64) whose checkpoints are believed. Without it, those of any key are. */
  readonly trusted?: readonly string[];
}

/** What is known after the lines so far. The rows of a file stand in its lines one by one: one number is for both. */
class Verification {
  readonly first: number;
  readonly checkpoints: Checkpoints;
  /** The last good row; the hash is empty where the one before a part's first row is not known. */
  last: { sequence: number; hash: string };
  agreeing = 0;
  finding: Finding | undefined;
  /** Set when rows are missing: the rest is looked through for the first of them. */
  late: Late | undefined;

  constructor(options: VerifyOptions) {
    this.first = options.first ?? 1;
    this.checkpoints = checkpointsBySequence(options.checkpoints ?? []);
    const before = this.first === 1 ? emptyChain.hash : this.checkpoints.get(this.first - 1)?.[0]?.hash;
    this.last = { sequence: this.first - 1, hash: before ?? '' };
  }

  take(bytes: Buffer, from: number, to: number, ended: boolean): boolean {
    if (this.late !== undefined) return this.seek(bytes.subarray(from, to));
    const hash = ended ? nextHash(bytes, from, to, this.last) : undefined;
    if (hash === undefined) return this.judge(bytes.subarray(from, to), ended);
    return this.accept(hash);
  }

  private accept(hash: string): boolean {
    const sequence = this.last.sequence + 1;
    const seen = this.checkpoints.size === 0 ? undefined : this.checkpoints.get(sequence);
    if (seen !== undefined) {
      this.finding = contradicted(sequence, hash, seen);
      if (this.finding !== undefined) return false;
      this.agreeing += seen.length;
    }
    this.last = { sequence, hash };
    return true;
  }

  /** The line is not simply the next row. Says what it is. */
  private judge(bytes: Buffer, ended: boolean): boolean {
    const [expected, line] = [this.last.sequence + 1, this.line];
    const row = ended ? readAuditLine(bytes) : undefined;
    if (row?.sound !== true) this.finding = notARow(line, expected, ended);
    else if (row.sequence > expected) this.late = { expected, found: row.sequence, line };
    else if (row.sequence < expected) this.finding = early(line, expected, this.first, row.sequence);
    else if (this.last.hash === '') return this.accept(row.hash);
    else this.finding = unlinked(expected);
    return this.finding === undefined;
  }

  private seek(bytes: Buffer): boolean {
    const expected = this.last.sequence + 1;
    if (this.late === undefined || readAuditLine(bytes)?.sequence !== expected) return true;
    this.late = { ...this.late, furtherDown: true };
    return false;
  }

  /** Of the line that comes next. */
  private get line(): number {
    return this.last.sequence - this.first + 2;
  }

  verdict(options: VerifyOptions): AuditVerdict {
    const rows = this.last.sequence - this.first + 1;
    const known = { rows, hash: this.last.hash, checkpoints: this.agreeing };
    const finding = this.finding ?? (this.late === undefined ? cutEnd(this.last.sequence, options) : late(this.late));
    if (finding !== undefined) {
      return {
        intact: false,
        ...known,
        fault: finding.fault,
        line: this.line,
        sequence: this.last.sequence + 1,
        says: finding.says,
      };
    }
    return { intact: true, ...known, says: this.praise(rows) };
  }

  private praise(rows: number): string {
    if (rows === 0) return 'The file holds no row.';
    const seen =
      this.agreeing === 0 ? '' : `, as ${this.agreeing} ${this.agreeing === 1 ? 'checkpoint says' : 'checkpoints say'}`;
    return `Rows ${this.first} to ${this.last.sequence} are as they were written${seen}.`;
  }
}

/**
 * Verifies an audit log in the form of docs/audit-format.md, without a database and whatever its length in the memory
 * of one row. Names the first bad row. That the end was cut, or all of it written anew, only checkpoints can show.
 */
export async function verifyAudit(
  chunks: AsyncIterable<Uint8Array>,
  options: VerifyOptions = {},
): Promise<AuditVerdict> {
  const verification = new Verification(options);
  verification.finding = unbelievable(options.checkpoints ?? [], options.trusted);
  if (verification.finding === undefined) {
    await eachLine(chunks, longestLine, (bytes, from, to, ended) => verification.take(bytes, from, to, ended));
  }
  return verification.verdict(options);
}

/** A file piece by piece, each in the same memory. */
async function* pieces(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (;;) {
      const { bytesRead } = await handle.read(piece, 0, pieceBytes);
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** The same for a file. Throws `audit.broken` where it cannot be read. */
export async function verifyAuditFile(file: string, options: VerifyOptions = {}): Promise<AuditVerdict> {
  try {
    return await verifyAudit(pieces(file), options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new AutoDevOpsError(
      'audit.broken',
      `${file} cannot be read (${code}).`,
      'Name an audit file that exists and may be read.',
      { cause: error },
    );
  }
}
