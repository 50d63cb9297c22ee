import { mkdir } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';

const reasons: Readonly<Record<string, readonly [ErrorCode, string, string]>> = {
  EACCES: [
    'store.read-only',
    'this user may not write there',
    'Give the user of this process a home, or XDG_STATE_HOME, that it can write to.',
  ],
  EPERM: [
    'store.read-only',
    'this user may not write there',
    'Give the user of this process a home, or XDG_STATE_HOME, that it can write to.',
  ],
  EROFS: [
    'store.read-only',
    'that disk can only be read',
    'Give the user of this process a home, or XDG_STATE_HOME, that it can write to.',
  ],
  ENOSPC: ['store.full', 'no space is left', 'Free disk space, then try again.'],
  EDQUOT: ['store.full', 'no space is left', 'Free disk space, then try again.'],
};

/** Why a folder cannot be made, as a sentence with what to do. */
export function folderFailure(error: NodeJS.ErrnoException, path: string): AutoDevOpsError {
  const [code, why, remedy] = reasons[error.code ?? ''] ?? [
    'store.unavailable' as const,
    error.code ?? 'unknown',
    'See what is in the way there.',
  ];
  return new AutoDevOpsError(code, `The folder ${path} cannot be made: ${why}.`, remedy, { cause: error });
}

/** Makes a folder for its owner alone, and those above it. Throws `store.read-only`, `store.full` or `store.unavailable`. */
export async function makeOwnFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw folderFailure(error, path);
  });
}
