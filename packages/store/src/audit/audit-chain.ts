import { hash } from 'node:crypto';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { AuditRow } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { requireShape } from '../stored-json.ts';
import { longestEntry } from './audit-line.ts';
import type { ChainHead } from './chain-head.ts';

export const emptyChain: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/** `entryText` is the canonical JSON of the entry. See `AuditRow` for what the hash is made over. */
export function rowHash(sequence: number, previous: string, entryText: string): string {
  return hash('sha256', `${sequence}\n${previous}\n${entryText}`, 'hex');
}

/** A row that is to be written; its entry as the text that the hash was made over. */
export interface ChainedText {
  readonly sequence: number;
  readonly previous: string;
  readonly hash: string;
  readonly entryText: string;
}

/** The rows that these entries become behind the head, in order. */
export function chain(head: ChainHead, entryTexts: readonly string[]): readonly ChainedText[] {
  let last = head;
  return entryTexts.map((entryText) => {
    const sequence = last.sequence + 1;
    const row = { sequence, previous: last.hash, hash: rowHash(sequence, last.hash, entryText), entryText };
    last = row;
    return row;
  });
}

function entryText(entry: AuditEntry): string {
  const text = canonicalJson(requireShape(AuditEntry, 'An audit entry', entry));
  if (Buffer.byteLength(text) <= longestEntry) return text;
  throw new AutoDevOpsError(
    'internal',
    `An audit entry about ${entry.subject} is too large to be kept; nothing was written.`,
    'Report this, with what you did.',
  );
}

/** What the rows of these entries are made over. Throws `internal` for an entry that could not be verified later. */
export function entryTexts(entries: readonly AuditEntry[]): readonly string[] {
  return entries.map(entryText);
}

/** A row as a line of an audit file, without the line's end: the canonical JSON of the row. */
export function rowLine({ sequence, previous, hash, entry }: AuditRow): string {
  return canonicalJson({ sequence, previous, hash, entry });
}
