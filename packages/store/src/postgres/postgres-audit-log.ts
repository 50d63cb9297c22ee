import { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import type { AuditLog } from '@autodevops/domain/ports/store';
import { emptyChain, entryTexts } from '../audit/audit-chain.ts';
import { parseCheckpoint, parseEntry } from '../stored-json.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import type { RecordWriter } from './postgres-records.ts';

const auditAlone = {
  kind: '',
  id: '',
  after: 0,
  events: [],
  firstTime: '',
  lastTime: '',
  ended: false,
  key: '',
  outbox: [],
} as const;

export function postgresAuditLog(connection: PostgresConnection, writer: RecordWriter): AuditLog {
  return {
    append: async (entries) => {
      if (entries.length > 0) await writer.write({ ...auditAlone, audit: entryTexts(entries) });
    },
    rows: async ({ from, limit }) => {
      const rows = await connection.read((query) =>
        query(
          'SELECT sequence, previous, hash, entry FROM autodevops.audit WHERE sequence >= $1 ORDER BY sequence LIMIT $2',
          from,
          limit,
        ),
      );
      return rows.map((row) => {
        const sequence = Number(row['sequence']);
        return {
          sequence,
          previous: String(row['previous']),
          hash: String(row['hash']),
          entry: parseEntry(sequence, String(row['entry'])),
        };
      });
    },
    head: async () => {
      const [row] = await connection.read((query) =>
        query('SELECT sequence, hash FROM autodevops.audit ORDER BY sequence DESC LIMIT 1'),
      );
      return row === undefined ? emptyChain : { sequence: Number(row['sequence']), hash: String(row['hash']) };
    },
    keepCheckpoint: async (checkpoint) => {
      const kept = JSON.stringify(AuditCheckpoint.parse(checkpoint));
      await connection.write((query) =>
        query(
          "INSERT INTO autodevops.audit_checkpoint (customer, checkpoint) VALUES (current_setting('app.customer'), $1)",
          kept,
        ),
      );
    },
    checkpoints: async () => {
      const rows = await connection.read((query) =>
        query('SELECT checkpoint FROM autodevops.audit_checkpoint ORDER BY number'),
      );
      return rows.map((row) => parseCheckpoint(String(row['checkpoint'])));
    },
  };
}
