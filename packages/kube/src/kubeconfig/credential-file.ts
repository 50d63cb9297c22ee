import { readFile } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

const reasons: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  ENOENT: ['does not exist', 'Put the file back'],
  ENOTDIR: ['does not exist', 'Put the file back'],
  EACCES: ['may not be read by you', 'Change its permissions'],
  EPERM: ['may not be read by you', 'Change its permissions'],
  EISDIR: ['is a folder', 'Put the file in its place'],
};

/** The text of a file that a kubeconfig names; `what` it is for: "token". Throws `kubeconfig.credentials`. */
export async function readCredentialFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const [why, remedy] = reasons[code] ?? [`cannot be read (${code})`, 'Look at the disk that it is on'];
    throw new AutoDevOpsError(
      'kubeconfig.credentials',
      `The file of the ${what}, ${oneLine(path, 200)}, ${why}.`,
      `${remedy}, or get a new kubeconfig.`,
    );
  }
}
