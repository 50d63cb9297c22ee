import { canonicalJson } from '@autodevops/domain/canonical-json';
import type { AuditCheckpoint, AuditRow } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { emptyChain, rowHash } from '../audit/audit-chain.ts';
import { checkpointIsSound } from '../audit/audit-checkpoint.ts';
import type { BackupRow, ReadRows } from './backup-row.ts';

/** What a check found. Every finding is a sentence; a store without any is sound. */
export interface StoreCheck {
  readonly sound: boolean;
  readonly findings: readonly string[];
  readonly journals: number;
  readonly auditRows: number;
  readonly auditHash: string;
  readonly memories: number;
}

/** More are not named one by one. */
const mostFindings = 20;

/** Looks at every row as it passes: the chain of the audit, what its checkpoints saw, that cursors rise. */
class RowCheck {
  readonly findings: string[] = [];
  readonly counts = { journals: 0, auditRows: 0, memories: 0 };
  private readonly hashes = new Map<number, string>();
  private readonly wanted: ReadonlySet<number>;
  head = emptyChain;
  private cursor = 0;

  constructor(checkpoints: readonly AuditCheckpoint[]) {
    this.wanted = new Set(checkpoints.map(({ sequence }) => sequence));
    this.hashes.set(0, emptyChain.hash);
  }

  row(row: BackupRow): void {
    if ('journal' in row) this.counts.journals += 1;
    else if ('audit' in row) this.audit(row.audit);
    else if ('outbox' in row) this.outbox(row.outbox.cursor);
    else if ('memory' in row) this.counts.memories += 1;
  }

  private finding(says: string): void {
    if (this.findings.length < mostFindings) this.findings.push(says);
  }

  private audit({ sequence, previous, hash, entry }: AuditRow): void {
    this.counts.auditRows += 1;
    const expected = this.head.sequence + 1;
    if (sequence !== expected) this.finding(`Row ${expected} of the audit is missing: row ${sequence} comes next.`);
    else if (previous !== this.head.hash) this.finding(`Row ${sequence} of the audit does not follow the row before.`);
    if (rowHash(sequence, previous, canonicalJson(entry)) !== hash) {
      this.finding(`Row ${sequence} of the audit was changed.`);
    }
    if (this.wanted.has(sequence)) this.hashes.set(sequence, hash);
    this.head = { sequence, hash };
  }

  private outbox(cursor: number): void {
    if (cursor <= this.cursor) this.finding(`Event ${cursor} of the outbox comes after event ${this.cursor}.`);
    this.cursor = cursor;
  }

  checkpoint(checkpoint: AuditCheckpoint): void {
    const named = `The checkpoint of row ${checkpoint.sequence} (${checkpoint.time})`;
    if (!checkpointIsSound(checkpoint)) this.finding(`${named} does not bear its key's signature.`);
    else if (checkpoint.sequence > this.head.sequence) {
      this.finding(`${named} saw more rows than there are: the end of the audit was cut.`);
    } else if (this.hashes.get(checkpoint.sequence) !== checkpoint.hash) {
      this.finding(`${named} saw another row: the audit was rewritten.`);
    }
  }
}

/** Goes through a store. `checkpoints`: those of the store itself and of the second place, all that are to hold. */
export async function checkRows(readRows: ReadRows, checkpoints: readonly AuditCheckpoint[]): Promise<StoreCheck> {
  const check = new RowCheck(checkpoints);
  const unreadable: string[] = [];
  try {
    await readRows(async (row) => check.row(row));
  } catch (error) {
    if (!(error instanceof AutoDevOpsError) || error.code !== 'store.corrupt') throw error;
    unreadable.push(error.message);
  }
  // Of a store that could not be read to its end, the end cannot be judged.
  if (unreadable.length === 0) for (const checkpoint of checkpoints) check.checkpoint(checkpoint);
  const findings = [...check.findings, ...unreadable];
  return { sound: findings.length === 0, findings, ...check.counts, auditHash: check.head.hash };
}
