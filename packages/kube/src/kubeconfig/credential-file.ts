import { readFile, stat } from 'node:fs/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';

type Reason = readonly [why: string, remedy: string];

const reasons: Readonly<Record<string, Reason>> = {
  ENOENT: ['does not exist', 'Put the file back'],
  ENOTDIR: ['does not exist', 'Put the file back'],
  EACCES: ['may not be read by you', 'Change its permissions'],
  EPERM: ['may not be read by you', 'Change its permissions'],
};
const folder: Reason = ['is a folder', 'Put the file in its place'];
const noFile: Reason = ['is a device or a pipe, not a file', 'Put the file in its place'];
const tooLarge: Reason = ['is larger than 4 MiB', 'Put the right file in its place'];
const empty: Reason = ['is empty', 'Wait until it is written'];
/** The bundle of every authority that a machine trusts has a quarter of a MiB. */
const largestBytes = 4 * 2 ** 20;

/** A device has no end, and a pipe may never begin. */
async function read(path: string): Promise<string | Reason> {
  const facts = await stat(path);
  if (facts.isDirectory()) return folder;
  if (!facts.isFile()) return noFile;
  if (facts.size > largestBytes) return tooLarge;
  const text = await readFile(path, 'utf8');
  return text.trim() === '' ? empty : text;
}

function reasonOf(error: unknown): Reason {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return reasons[code] ?? [`cannot be read (${code})`, 'Look at the disk that it is on'];
}

/** The text of a file that a kubeconfig names; `what` it is for: "token". Throws `kubeconfig.credentials`. */
export async function readCredentialFile(path: string, what: string): Promise<string> {
  const result = await read(path).catch(reasonOf);
  if (typeof result === 'string') return result;
  const [why, remedy] = result;
  throw new AutoDevOpsError(
    'kubeconfig.credentials',
    `The file of the ${what}, ${oneLine(path, 200)}, ${why}.`,
    `${remedy}, or get a new kubeconfig.`,
  );
}
