import { chmod, mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { z } from 'zod';
import { readRaw } from './raw-object.ts';
import type { Raw, RawObject } from './raw-object.ts';

/** What a snapshot says of itself, beside its objects. The file is a List that kubectl takes too. */
export const SnapshotAbout = z.object({
  version: z.literal(1),
  cluster: z.string(),
  kubernetes: z.string(),
  at: z.iso.datetime(),
  /** Whether Secrets are in it. */
  secrets: z.boolean(),
});
export type SnapshotAbout = z.infer<typeof SnapshotAbout>;

const largest = 256 * 2 ** 20;
const Snapshot = z.object({ kind: z.literal('List'), autodevops: SnapshotAbout, items: z.array(z.unknown()) });

function unreadable(file: string, why: string): AutoDevOpsError {
  return new AutoDevOpsError(
    'bundle.not-a-bundle',
    `${file} is no snapshot of a local cluster: ${why}.`,
    remedy`Name a file that ${{ do: 'snapshot-local-cluster', secrets: false }} wrote.`,
  );
}

/** Writes a snapshot whole, for its owner alone. Throws `output.failed`. */
export async function writeSnapshot(file: string, about: SnapshotAbout, items: readonly Raw[]): Promise<void> {
  const text = `${JSON.stringify({ apiVersion: 'v1', kind: 'List', autodevops: about, items }, undefined, 1)}\n`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await chmod(`${file}.new`, 0o600);
    await rename(`${file}.new`, file);
  } catch (error) {
    throw new AutoDevOpsError(
      'output.failed',
      `${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      'Make room, or name another file.',
      { cause: error },
    );
  }
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > largest) throw unreadable(file, 'it is too large');
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof AutoDevOpsError) throw error;
    throw new AutoDevOpsError(
      'bundle.not-found',
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      remedy`Name a file that ${{ do: 'snapshot-local-cluster', secrets: false }} wrote.`,
      { cause: error },
    );
  }
}

/** Throws `bundle.not-found` and `bundle.not-a-bundle`. */
export async function readSnapshot(
  file: string,
): Promise<{ readonly about: SnapshotAbout; readonly objects: readonly RawObject[] }> {
  let raw: unknown;
  try {
    raw = JSON.parse(await textOf(file));
  } catch (error) {
    if (error instanceof AutoDevOpsError) throw error;
    throw unreadable(file, 'it is no JSON');
  }
  const { data } = Snapshot.safeParse(raw);
  if (data === undefined) throw unreadable(file, 'it is of another kind, or from a newer version');
  return { about: data.autodevops, objects: data.items.flatMap((item) => readRaw(item) ?? []) };
}

/** `dev-2026-11-29T23-15-00.json`: names of one cluster sort by time. */
export function snapshotName(cluster: string, at: string): string {
  return `${cluster}-${at.slice(0, 19).replaceAll(':', '-')}.json`;
}

/** The last snapshot of a cluster that was written without naming a file; undefined when there is none. */
export async function newestSnapshot(folder: string, cluster: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const own = names.filter(
    (name) =>
      name.startsWith(`${cluster}-`) && /^-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json$/.test(name.slice(cluster.length)),
  );
  const last = own.toSorted().at(-1);
  return last === undefined ? undefined : join(folder, last);
}
