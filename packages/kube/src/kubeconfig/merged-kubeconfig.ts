import { createReadStream, readFileSync, statSync } from 'node:fs';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { pathsOf } from './environment.ts';
import type { Environment } from './environment.ts';
import { parseKubeconfig } from './kubeconfig-file.ts';
import type { ClusterEntry, ContextEntry, KubeconfigFile, UserEntry } from './kubeconfig-file.ts';

/** An entry and the folder that its relative paths start from. */
export interface Placed<T> {
  readonly entry: T;
  readonly folder: string;
}

export interface MergedKubeconfig {
  /** Files that exist, in order. Empty: there is no kubeconfig. */
  readonly files: readonly string[];
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, Placed<ClusterEntry>>;
  readonly users: ReadonlyMap<string, Placed<UserEntry>>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
}

/** A thousand clusters with their certificates have some five. */
const largestMebibytes = 16;
const largestBytes = largestMebibytes * 2 ** 20;

function tooLarge(path: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'kubeconfig.invalid',
    `The kubeconfig ${path} is larger than ${largestMebibytes} MiB.`,
    remedy`Pass another one with ${{ do: 'choose-kubeconfig' }}.`,
  );
}

/** As it comes: a pipe lets one wait, and a device has no end. */
async function streamedText(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path)) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > largestBytes) throw tooLarge(path);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A file is there at once: to wait for it would start threads, which takes a short run longer than all of its reading. */
async function textOf(path: string): Promise<string> {
  const status = statSync(path);
  if (!status.isFile()) return await streamedText(path);
  if (status.size > largestBytes) throw tooLarge(path);
  return readFileSync(path, 'utf8');
}

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await textOf(path);
  } catch (error) {
    if (error instanceof AutoDevOpsError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const barred = code === 'EACCES' || code === 'EPERM';
    const why = barred
      ? 'may not be read by you'
      : code === 'EISDIR'
        ? 'is a folder'
        : `cannot be read (${code ?? 'unknown'})`;
    throw new AutoDevOpsError(
      'kubeconfig.invalid',
      `The kubeconfig ${path} ${why}.`,
      remedy`${barred ? 'Change its permissions, or pass' : 'Pass'} another one with ${{ do: 'choose-kubeconfig' }}.`,
    );
  }
}

/** As kubectl takes the list apart: on Windows what stands in quotation marks is one path, whatever it holds. */
function pathsIn(list: string, { platform }: Environment): readonly string[] {
  if (platform !== 'win32') return list.split(':');
  return (list.match(/(?:"[^"]*"?|[^;])+/g) ?? []).map((path) => path.replaceAll('"', ''));
}

/** The files of the kubeconfig, in the order in which they count; of some there may be none. */
export function filesToRead(explicit: string | undefined, environment: Environment): readonly string[] {
  if (explicit !== undefined && explicit !== '') return [explicit];
  const paths = pathsOf(environment);
  const listed = environment.variables['KUBECONFIG'];
  if (listed === undefined || listed === '') return [paths.join(environment.home, '.kube', 'config')];
  return [...new Set(pathsIn(listed, environment).filter((path) => path !== ''))];
}

function addFirst<T>(into: Map<string, T>, name: string, value: T): void {
  if (!into.has(name)) into.set(name, value);
}

/**
 * The kubeconfig as kubectl sees it: `explicit` alone (it must exist), else every file of KUBECONFIG (the first to name
 * something wins, absent files are skipped), else `~/.kube/config`. Throws `kubeconfig.not-found` or `kubeconfig.invalid`.
 */
export async function readMergedKubeconfig(
  explicit: string | undefined,
  environment: Environment,
): Promise<MergedKubeconfig> {
  const paths = pathsOf(environment);
  const clusters = new Map<string, Placed<ClusterEntry>>();
  const users = new Map<string, Placed<UserEntry>>();
  const contexts = new Map<string, ContextEntry>();
  const files: string[] = [];
  let currentContext = '';
  for (const path of filesToRead(explicit, environment)) {
    const content = await contentOf(path);
    if (content === undefined) continue;
    const file: KubeconfigFile = await parseKubeconfig(content, path);
    const folder = paths.dirname(paths.resolve(path));
    files.push(path);
    currentContext ||= file['current-context'];
    for (const { name, cluster } of file.clusters) addFirst(clusters, name, { entry: cluster, folder });
    for (const { name, user } of file.users) addFirst(users, name, { entry: user, folder });
    for (const { name, context } of file.contexts) addFirst(contexts, name, context);
  }
  if (files.length === 0 && explicit !== undefined && explicit !== '') {
    throw new AutoDevOpsError(
      'kubeconfig.not-found',
      `There is no kubeconfig at ${explicit}.`,
      remedy`Check the path that is given with ${{ do: 'choose-kubeconfig' }}.`,
    );
  }
  return { files, currentContext, clusters, users, contexts };
}
