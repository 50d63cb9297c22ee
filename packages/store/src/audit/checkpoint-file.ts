import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonicalJson } from '@autodevops/domain/canonical-json';
import { AuditCheckpoint } from '@autodevops/domain/change/audit-event';
import { AutoDevOpsError } from '@autodevops/domain/errors';

/** Adds a line to the second place where checkpoints are kept. It is on the disk when this returns. */
export async function appendCheckpoint(file: string, checkpoint: AuditCheckpoint): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const opened = await open(file, 'a', 0o600);
  try {
    await opened.appendFile(`${canonicalJson(checkpoint)}\n`);
    await opened.datasync();
  } finally {
    await opened.close();
  }
}

function parseLine(file: string, line: string, number: number): AuditCheckpoint {
  try {
    return AuditCheckpoint.parse(JSON.parse(line));
  } catch (error) {
    throw new AutoDevOpsError(
      'audit.broken',
      `Line ${number} of ${file} is not a checkpoint.`,
      'Take the checkpoints from another place where they are kept.',
      { cause: error },
    );
  }
}

/** Checkpoints from a file, oldest first. Throws `audit.broken`. */
export async function readCheckpoints(file: string): Promise<readonly AuditCheckpoint[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AutoDevOpsError(
      'audit.broken',
      `${file} cannot be read (${error.code ?? error.message}).`,
      'Name a file of checkpoints that exists and may be read.',
      { cause: error },
    );
  });
  return text.split('\n').flatMap((line, at) => (line === '' ? [] : [parseLine(file, line, at + 1)]));
}
