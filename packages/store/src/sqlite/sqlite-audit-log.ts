import { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import type { AuditLog } from '@autodevops/domain/ports/store';
import { chain, emptyChain, entryTexts } from '../audit/audit-chain.ts';
import type { ChainHead } from '../audit/chain-head.ts';
import { parseCheckpoint, parseEntry } from '../stored-json.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

export function auditHead(db: Statements): ChainHead {
  const row = db.get('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
  return row === undefined ? emptyChain : { sequence: number(row, 'sequence'), hash: text(row, 'hash') };
}

/** Within the caller's transaction. */
export function appendAudit(db: Statements, texts: readonly string[]): void {
  if (texts.length === 0) return;
  for (const row of chain(auditHead(db), texts)) {
    db.run(
      'INSERT INTO audit (sequence, previous, hash, entry) VALUES (?, ?, ?, ?)',
      row.sequence,
      row.previous,
      row.hash,
      row.entryText,
    );
  }
}

export function sqliteAuditLog(connection: SqliteConnection): AuditLog {
  return {
    append: async (entries) => {
      const texts = entryTexts(entries);
      await connection.write((db) => appendAudit(db, texts));
    },
    rows: async ({ from, limit }) => {
      const rows = await connection.read((db) =>
        db.all(
          'SELECT sequence, previous, hash, entry FROM audit WHERE sequence >= ? ORDER BY sequence LIMIT ?',
          from,
          limit,
        ),
      );
      return rows.map((row) => {
        const sequence = number(row, 'sequence');
        return {
          sequence,
          previous: text(row, 'previous'),
          hash: text(row, 'hash'),
          entry: parseEntry(sequence, text(row, 'entry')),
        };
      });
    },
    head: () => connection.read(auditHead),
    keepCheckpoint: async (checkpoint) => {
      const kept = JSON.stringify(AuditCheckpoint.parse(checkpoint));
      await connection.write((db) => db.run('INSERT INTO audit_checkpoint (checkpoint) VALUES (?)', kept));
    },
    checkpoints: async () => {
      const rows = await connection.read((db) => db.all('SELECT checkpoint FROM audit_checkpoint ORDER BY number'));
      return rows.map((row) => parseCheckpoint(text(row, 'checkpoint')));
    },
  };
}
