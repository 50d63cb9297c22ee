import { createWriteStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { shown } from '../source/refuse.ts';

/** Where the files of a bundle go. Nothing is seen at the output's place before `finish`. */
export interface BundleSink {
  readonly add: (path: string, text: string) => Promise<void>;
  readonly finish: () => Promise<void>;
  /** Removes what was written so far. Does nothing after `finish`. */
  readonly abort: () => Promise<void>;
}

export interface SinkOptions {
  readonly output: string;
  readonly force: boolean;
  /** The time that the archive's entries carry. */
  readonly time: Date;
}

async function kindOfOutput(output: string): Promise<'absent' | 'file' | 'folder' | 'bundle' | 'other'> {
  const facts = await lstat(output).catch(() => undefined);
  if (facts === undefined) return 'absent';
  if (facts.isFile()) return 'file';
  if (!facts.isDirectory()) return 'other';
  const names = await readdir(output);
  return names.length === 0 || names.includes('bundle.json') ? 'bundle' : 'folder';
}

async function checkOutput({ output, force }: Omit<SinkOptions, 'time'>, archive: boolean): Promise<void> {
  const found = await kindOfOutput(output);
  if (found === 'absent') return;
  if (!force) {
    throw new AutoDevOpsError(
      'usage',
      `There already is something at ${shown(output)}.`,
      'Give another place, or remove it first.',
    );
  }
  if (found === (archive ? 'file' : 'bundle')) return;
  throw new AutoDevOpsError(
    'usage',
    `${shown(output)} is not a bundle and is not replaced.`,
    'Give another place, or remove it yourself.',
  );
}

async function replace(from: string, to: string): Promise<void> {
  const aside = `${from}.old`;
  const moved = await rename(to, aside).then(
    () => true,
    () => false,
  );
  try {
    await rename(from, to);
  } catch (error) {
    if (moved) await rename(aside, to);
    throw error;
  }
  if (moved) await rm(aside, { recursive: true, force: true });
}

function folderSink(staging: string, output: string): BundleSink {
  const folder = join(staging, 'bundle');
  let done = false;
  return {
    add: async (path, text) => {
      const at = join(folder, ...path.split('/'));
      await mkdir(dirname(at), { recursive: true, mode: 0o700 });
      await writeFile(at, text, { mode: 0o600 });
    },
    finish: async () => {
      await replace(folder, output);
      done = true;
      await rm(staging, { recursive: true, force: true });
    },
    abort: async () => {
      if (!done) await rm(staging, { recursive: true, force: true });
    },
  };
}

function archiveSink(staging: string, options: SinkOptions): BundleSink {
  const at = join(staging, 'bundle.tar.gz');
  const tar = pack();
  const folder = basename(options.output).replace(/\.(?:tar\.gz|tgz)$/i, '') || 'bundle';
  const written = pipeline(
    tar as unknown as Readable,
    createGzip(),
    createWriteStream(at, { mode: 0o600, flags: 'wx' }),
  );
  // It is awaited in `finish`; until then a failure must not end the process.
  written.catch(() => undefined);
  let done = false;
  return {
    add: async (path, text) => {
      const entry = { name: `${folder}/${path}`, mode: 0o600, mtime: options.time };
      await Promise.race([
        written.then(() => undefined),
        new Promise<void>((resolve, reject) => {
          tar.entry(entry, Buffer.from(text, 'utf8'), (error) => (error ? reject(error) : resolve()));
        }),
      ]);
    },
    finish: async () => {
      tar.finalize();
      await written;
      await replace(at, options.output);
      done = true;
      await rm(staging, { recursive: true, force: true });
    },
    abort: async () => {
      if (done) return;
      tar.destroy();
      await written.catch(() => undefined);
      await rm(staging, { recursive: true, force: true });
    },
  };
}

function isArchive(output: string): boolean {
  return /\.(?:tar\.gz|tgz)$/i.test(output);
}

/** Throws what `openSink` would because of what lies there already, without writing anything. */
export async function checkSink(options: Omit<SinkOptions, 'time'>): Promise<void> {
  const output = resolve(options.output);
  await checkOutput({ output, force: options.force }, isArchive(output));
}

/**
 * A sink for a folder, or for an archive when the output ends in `.tar.gz` or `.tgz`. Files are readable by their owner
 * only. Throws `usage` when the output exists (with `force`: when it is something else than a bundle).
 */
export async function openSink(given: SinkOptions): Promise<BundleSink> {
  const options = { ...given, output: resolve(given.output) };
  const archive = isArchive(options.output);
  await checkOutput(options, archive);
  const parent = dirname(options.output);
  await mkdir(parent, { recursive: true });
  const staging = await mkdtemp(join(parent, `.${basename(options.output)}.`));
  return archive ? archiveSink(staging, options) : folderSink(staging, options.output);
}
