import { open as openFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Store } from '@autodevops/domain/ports/store';
import type { AgentChoice } from '@autodevops/agentd/process/agent-choice';
import { makeOwnFolder } from '@autodevops/agentd/process/own-folder';
import type { StorePlace } from '@autodevops/agentd/store-place';
import { requireStoreNode } from '../agent-door/native-store.ts';
import type { Agents } from '../agent-door/agents.ts';
import type { BootstrapMade, BootstrapWish, Keeping, StoreSummary } from './keeping.ts';

type Settings = Agents['settings'];

interface ChosenStore {
  readonly customer: string;
  readonly place: StorePlace;
  readonly open: () => Promise<Store>;
}

async function storeOf(choice: AgentChoice, settings: Settings): Promise<ChosenStore> {
  const [{ configuration, folder }, { storePlace }] = [
    await settings(choice),
    await import('@autodevops/agentd/store-place'),
  ];
  const place = storePlace(configuration, folder);
  if (place.kind === 'sqlite') requireStoreNode(process.version);
  return {
    customer: configuration.customer,
    place,
    open: async () => await (await import('@autodevops/agentd/open-store')).openConfiguredStore(configuration, folder),
  };
}

async function backup(choice: AgentChoice, file: string, settings: Settings): Promise<StoreSummary> {
  const { customer, place } = await storeOf(choice, settings);
  const [to, time] = [resolve(file), new Date().toISOString()];
  const summary =
    place.kind === 'postgres'
      ? await (
          await import('@autodevops/store/postgres-backup')
        ).backupPostgres({ address: { connectionString: place.connectionString }, customer, to, time })
      : await (await import('@autodevops/store/sqlite-backup')).backupSqlite({ file: place.file, to, time });
  return { ...summary, file: to };
}

function thisUser(): Actor {
  const { username } = userInfo();
  return { kind: 'person', account: `local:${username}`, person: '', name: username, roles: [], surface: 'cli' };
}

function restoredBy(from: string, customer: string): AuditEntry {
  const actor = thisUser();
  const time = new Date().toISOString();
  return {
    code: 'STO001',
    time,
    actor,
    onBehalfOf: '',
    subject: customer,
    success: true,
    says: `${actor.name} restored the store from a backup.`,
    details: { file: from },
  };
}

async function restore(choice: AgentChoice, from: string, settings: Settings): Promise<StoreSummary> {
  const { customer, place } = await storeOf(choice, settings);
  const options = { from: resolve(from), customer, audit: restoredBy(resolve(from), customer) };
  if (place.kind === 'postgres') {
    const summary = await (
      await import('@autodevops/store/postgres-backup')
    ).restorePostgres({ ...options, address: { connectionString: place.connectionString } });
    return { ...summary, file: options.from };
  }
  const { file } = place;
  await makeOwnFolder(dirname(file));
  return { ...(await (await import('@autodevops/store/sqlite-backup')).restoreSqlite({ ...options, file })), file };
}

/** Made before there is anything to write into it, so that no token is lost for want of a file. */
async function ownFile(out: string): Promise<FileHandle> {
  return await openFile(out, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError(
      'output.failed',
      `${out} cannot be made (${error.code ?? 'unknown'}).`,
      'Name a file that is not there, in a folder that you can write to.',
      { cause: error },
    );
  });
}

async function bootstrapToken(
  choice: AgentChoice,
  { minutes, brokenGlass, out }: BootstrapWish,
  settings: Settings,
): Promise<BootstrapMade> {
  const [chosen, { offerBootstrapToken }] = [
    await storeOf(choice, settings),
    await import('@autodevops/agentd/bootstrap-token'),
  ];
  const file = out === undefined ? undefined : await ownFile(resolve(out));
  try {
    const store = await chosen.open();
    try {
      const offered = await offerBootstrapToken(store, {
        from: 'command',
        milliseconds: minutes * 60_000,
        brokenGlass,
        actor: thisUser(),
        now: Date.now(),
      });
      await file?.writeFile(`${offered.token}\n`);
      return { ...offered, file: out === undefined ? undefined : resolve(out) };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (out !== undefined) await rm(resolve(out), { force: true });
    throw error;
  } finally {
    await file?.close();
  }
}

/** What agents keep, looked after from outside. The stores' programs are loaded when a command asks for them. */
export function composeKeeping(settings: Settings): Keeping {
  return {
    backup: async (choice, file) => await backup(choice, file, settings),
    restore: async (choice, from) => await restore(choice, from, settings),
    check: async (choice) => {
      const { customer, place } = await storeOf(choice, settings);
      if (place.kind === 'postgres') {
        return await (
          await import('@autodevops/store/postgres-backup')
        ).checkPostgres({ address: { connectionString: place.connectionString }, customer });
      }
      return await (await import('@autodevops/store/sqlite-backup')).checkSqlite({ file: place.file });
    },
    migrate: async (address, runtimeRole) =>
      await (
        await import('@autodevops/store/postgres-migrate')
      ).migratePostgres({ address: { connectionString: address }, runtimeRole }),
    bootstrapToken: async (choice, wanted) => await bootstrapToken(choice, wanted, settings),
    verifyAudit: async (file, { first, checkpoints, trusted }) => {
      const [{ verifyAuditFile }, { readCheckpoints }] = await Promise.all([
        import('@autodevops/store/audit-verify'),
        import('@autodevops/store/checkpoint-file'),
      ]);
      return await verifyAuditFile(file, {
        ...(first === undefined ? {} : { first }),
        ...(checkpoints === undefined ? {} : { checkpoints: await readCheckpoints(checkpoints) }),
        ...(trusted === undefined ? {} : { trusted }),
      });
    },
    exportAudit: async function* exported(rows, choice) {
      const { exportAudit } = await import('@autodevops/store/audit-export');
      yield* exportAudit(rows, choice);
    },
  };
}
