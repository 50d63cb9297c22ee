import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import type { RemedyParts } from '@autodevops/domain/remedy/remedy-step';
import { shown } from '../source/refuse.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'it became larger than files may be here',
  EROFS: 'the disk is read-only',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOENT: 'there is no such place',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  ENAMETOOLONG: 'its name is too long',
};

function remedyFor(code: string): RemedyParts {
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) {
    return remedy`Make room, or give another place with ${{ do: 'choose-output' }}.`;
  }
  return remedy`Give another place with ${{ do: 'choose-output' }}${code === 'EACCES' || code === 'EPERM' ? ', or change its permissions' : ''}.`;
}

/** A failure of the disk as a sentence about the output; any other error stays as it is. */
export function writeFailure(error: unknown, output: string): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  if (error instanceof AutoDevOpsError || typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new AutoDevOpsError(
    'output.failed',
    `${shown(output)} could not be written: ${reasons[code] ?? code}.`,
    remedyFor(code),
    { cause: error },
  );
}
