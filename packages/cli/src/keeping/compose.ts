import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import type { AgentChoice } from '../agent-door/agent-choice.ts';
import { requireStoreNode } from '../agent-door/native-store.ts';
import type { Agents } from '../agent-door/agents.ts';
import type { Keeping, StoreSummary } from './keeping.ts';

type Settings = Agents['settings'];

interface StoreAddress {
  readonly customer: string;
  /** A file, or the address of a database. */
  readonly sqlite: string | undefined;
  readonly postgres: string;
}

async function storeOf(choice: AgentChoice, settings: Settings): Promise<StoreAddress> {
  const { configuration: { agents, customer }, folder } = await settings(choice);
  const { memory } = agents.jamie;
  const sqlite = memory.startsWith('sqlite://') ? resolve(folder, memory.slice('sqlite://'.length)) : undefined;
  if (sqlite !== undefined) requireStoreNode(process.version);
  return { customer, sqlite, postgres: memory };
}

async function backup(choice: AgentChoice, file: string, settings: Settings): Promise<StoreSummary> {
  const { customer, sqlite, postgres } = await storeOf(choice, settings);
  const [to, time] = [resolve(file), new Date().toISOString()];
  const summary = sqlite === undefined
    ? await (await import('@autodevops/store/postgres-backup')).backupPostgres({ address: { connectionString: postgres }, customer, to, time })
    : await (await import('@autodevops/store/sqlite-backup')).backupSqlite({ file: sqlite, to, time });
  return { ...summary, file: to };
}

function restoredBy(from: string, customer: string): AuditEntry {
  const { username } = userInfo();
  const time = new Date().toISOString();
  return { code: 'STO001', time, actor: { kind: 'person', account: `local:${username}`, person: '', name: username, roles: [], surface: 'cli' }, onBehalfOf: '', subject: customer, success: true, says: `${username} restored the store from a backup.`, details: { file: from } };
}

async function restore(choice: AgentChoice, from: string, settings: Settings): Promise<StoreSummary> {
  const { customer, sqlite, postgres } = await storeOf(choice, settings);
  const options = { from: resolve(from), customer, audit: restoredBy(resolve(from), customer) };
  if (sqlite === undefined) {
    const summary = await (await import('@autodevops/store/postgres-backup')).restorePostgres({ ...options, address: { connectionString: postgres } });
    return { ...summary, file: options.from };
  }
  await mkdir(dirname(sqlite), { recursive: true, mode: 0o700 });
  return { ...(await (await import('@autodevops/store/sqlite-backup')).restoreSqlite({ ...options, file: sqlite })), file: sqlite };
}

/** What agents keep, looked after from outside. The stores' programs are loaded when a command asks for them. */
export function composeKeeping(settings: Settings): Keeping {
  return {
    backup: async (choice, file) => await backup(choice, file, settings),
    restore: async (choice, from) => await restore(choice, from, settings),
    check: async (choice) => {
      const { customer, sqlite, postgres } = await storeOf(choice, settings);
      if (sqlite === undefined) return await (await import('@autodevops/store/postgres-backup')).checkPostgres({ address: { connectionString: postgres }, customer });
      return await (await import('@autodevops/store/sqlite-backup')).checkSqlite({ file: sqlite });
    },
    verifyAudit: async (file, { first, checkpoints, trusted }) => {
      const [{ verifyAuditFile }, { readCheckpoints }] = await Promise.all([import('@autodevops/store/audit-verify'), import('@autodevops/store/checkpoint-file')]);
      return await verifyAuditFile(file, { ...(first === undefined ? {} : { first }), ...(checkpoints === undefined ? {} : { checkpoints: await readCheckpoints(checkpoints) }), ...(trusted === undefined ? {} : { trusted }) });
    },
    exportAudit: async function* exported(rows, choice) {
      const { exportAudit } = await import('@autodevops/store/audit-export');
      yield* exportAudit(rows, choice);
    },
  };
}
