import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { z } from 'zod';

/** What is known of a local cluster; it is written before anything is made, and says what to clean up. */
export const ClusterState = z.object({
  version: z.literal(1),
  name: z.string(),
  /** In the label of every node too: together they say that a cluster is ours. */
  mark: z.string().regex(/^[0-9a-f]{16}$/),
  engine: z.enum(['docker', 'podman', 'nerdctl']),
  /** `making`: kind did not come to its end. `made`: what follows kind is not finished. */
  phase: z.enum(['making', 'made', 'finished']),
  createdAt: z.iso.datetime(),
  nodes: z.int().min(1),
  configuration: z.string().nullable(),
  /** What it was made from, for noticing that the configuration says something else now. */
  madeFrom: z.string(),
  /** The file that holds its context, beside ours; null: where kubectl looks. */
  kubeconfig: z.string().nullable(),
  /** The kind that makes it, while it does. */
  maker: z.object({ pid: z.int().min(2), started: z.string() }).nullable(),
});
export type ClusterState = z.infer<typeof ClusterState>;

/** How long each step took the last time, in milliseconds, by `verb/step`. */
export type StepTimes = Readonly<Record<string, number>>;
const Times = z.record(z.string(), z.number().min(0));

/** The files of one cluster. */
export interface StateFolder {
  readonly path: string;
  readonly kubeconfig: string;
  readonly kindConfiguration: string;
  readonly log: string;
  readonly lock: string;
  readonly read: () => Promise<ClusterState | undefined>;
  readonly write: (state: ClusterState) => Promise<void>;
  /** A file of the folder that only its owner may read. */
  readonly keep: (path: string, text: string) => Promise<void>;
  readonly remove: () => Promise<void>;
  readonly times: () => Promise<StepTimes>;
  readonly keepTimes: (times: StepTimes) => Promise<void>;
}

async function textOf(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new AutoDevOpsError(
      'local.failed',
      `${path} cannot be read (${error.code ?? 'unknown'}).`,
      'Correct the rights of the file.',
      { cause: error },
    );
  });
}

/** Whole or not at all: a reader never meets half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(aside, text, { mode: 0o600 });
    await chmod(aside, 0o600);
    await rename(aside, path);
  } catch (error) {
    throw new AutoDevOpsError(
      'local.failed',
      `${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      'Make room, or correct the rights of the folder.',
      { cause: error },
    );
  }
}

function parsed<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function readState(path: string): Promise<ClusterState | undefined> {
  const text = await textOf(path);
  if (text === undefined) return undefined;
  const state = parsed(text, ClusterState);
  if (state !== undefined) return state;
  throw new AutoDevOpsError(
    'local.failed',
    `${path} is damaged, or from a newer version.`,
    'Use the version that wrote it; or remove the cluster by hand (`kind delete cluster`) and the file.',
  );
}

/** The folder of a cluster under `root`, which holds those of all of them. Nothing is written yet. */
export function stateFolder(root: string, name: string): StateFolder {
  const path = join(root, name);
  const times = join(root, `${name}.times.json`);
  const state = join(path, 'cluster.json');
  return {
    path,
    kubeconfig: join(path, 'kubeconfig'),
    kindConfiguration: join(path, 'kind.yaml'),
    log: join(path, 'kind.log'),
    lock: join(root, `${name}.lock`),
    read: async () => await readState(state),
    write: async (value) => {
      await writeWhole(state, `${JSON.stringify(value, undefined, 2)}\n`);
    },
    keep: writeWhole,
    remove: async () => {
      await rm(path, { recursive: true, force: true });
    },
    times: async () => parsed((await textOf(times)) ?? '{}', Times) ?? {},
    keepTimes: async (value) => {
      await writeWhole(times, `${JSON.stringify(value)}\n`);
    },
  };
}
