import { AutoDevOpsError } from '@autodevops/domain/errors';
import { digestOf, readBackup } from './backup-file.ts';
import type { BackupSummary } from './backup-file.ts';
import type { BackupRow, ReadRows } from './backup-row.ts';
import { checkRows } from './check-rows.ts';

export interface RestoreOptions {
  /** The backup. */
  readonly from: string;
  /** Whose store it is put into. */
  readonly customer: string;
  /** Whose backup it is, where that is somebody else: a store that moves under another name. */
  readonly ofCustomer?: string;
  /** Public keys (SPKI, base64): only a backup that one of them signed is taken. */
  readonly trusted?: readonly string[];
}

/** Reads the whole backup before any of it is put anywhere. Throws where it is damaged, or somebody else's. */
async function requireSound({
  from,
  customer,
  ofCustomer = customer,
  trusted,
}: RestoreOptions): Promise<BackupSummary> {
  let summary: BackupSummary | undefined;
  const { findings } = await checkRows(async (put) => {
    summary = await readBackup({ file: from, put, ...(trusted === undefined ? {} : { trusted }) });
  }, []);
  if (summary === undefined) {
    throw new AutoDevOpsError('store.corrupt', findings[0] ?? `${from} is damaged.`, 'Take another backup.');
  }
  if (findings.length > 0) {
    throw new AutoDevOpsError(
      'store.corrupt',
      `${from} holds what is not as it was written; nothing was restored. ${findings[0]}`,
      'Take an older backup.',
    );
  }
  if (summary.customer === ofCustomer) return summary;
  throw new AutoDevOpsError(
    'config.invalid',
    `${from} is a backup of the customer ${summary.customer}, not of ${ofCustomer}; nothing was restored.`,
    'Take a backup of this customer, or say whose it is.',
  );
}

/**
 * Reads a backup into an empty store and compares what is there then with what was read. Runs in a transaction of the
 * caller, who takes all of it back when this throws.
 */
export async function restoreRows(
  options: RestoreOptions,
  put: (row: BackupRow) => Promise<void>,
  readRows: ReadRows,
): Promise<BackupSummary> {
  const summary = await requireSound(options);
  await readBackup({ file: options.from, put });
  const { digest } = await digestOf(readRows);
  if (digest === summary.digest) return summary;
  throw new AutoDevOpsError(
    'store.corrupt',
    `What was read from ${options.from} is not what stood in the store then; nothing was restored.`,
    'Report this, with the versions of both programs.',
  );
}
