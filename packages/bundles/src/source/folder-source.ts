import { stopIfAborted } from '@autodevops/domain/interruption';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Limits } from '../limits.ts';
import type { BundleFile, BundleSource, WalkOptions } from './bundle-source.ts';
import { bytesOf, lastBytes } from './file-bytes.ts';
import { megabytes, refuse, shown } from './refuse.ts';

const ignored = new Set(['.git', '.hg', '.svn', 'node_modules', '__MACOSX']);

/** One file on disk as a bundle's file; `path` is what it is called inside the bundle. */
export function fileOnDisk(
  at: string,
  path: string,
  facts: { size: number; mtimeMs: number },
  limits: Limits,
): BundleFile {
  return {
    path,
    size: facts.size,
    modified: facts.mtimeMs,
    body: () => bytesOf(at, limits.fileBytes),
    tail: (bytes) => lastBytes(at, bytes),
  };
}

interface Listing {
  readonly files: { readonly at: string; readonly size: number; readonly mtimeMs: number }[];
  readonly notes: string[];
  entries: number;
  /** True once something could not be opened. */
  cut: boolean;
}

/** What may happen to one file or folder without harm to the others. */
const unreadable: Readonly<Record<string, string>> = {
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  ENOENT: 'went away while it was read',
  ENOTDIR: 'went away while it was read',
  ELOOP: 'became a link while it was read',
  EISDIR: 'became a folder while it was read',
  EIO: 'cannot be read: the disk fails',
  EBUSY: 'cannot be read: something else holds it',
};

/** Notes what could not be read; what is no failure of the disk is thrown on. */
function noteUnreadable(error: unknown, path: string, listing: Listing): void {
  const why = unreadable[String((error as { code?: unknown }).code)];
  if (why === undefined) throw error;
  listing.notes.push(`"${shown(path)}" ${why}`);
  listing.cut = true;
}

async function noteLink(root: string, at: string, listing: Listing): Promise<void> {
  const target = await realpath(at).catch(() => undefined);
  // A link inside the folder shows what is read anyway; one that leads out is worth a word.
  if (target === undefined || target === root || target.startsWith(root + sep)) return;
  listing.notes.push(`"${shown(relative(root, at))}" is a link that leads out of the folder; it was not followed`);
}

async function list(
  root: string,
  folder: string,
  depth: number,
  options: WalkOptions,
  listing: Listing,
): Promise<void> {
  if (depth > options.limits.folders) throw refuse(`folders lie more than ${options.limits.folders} deep`);
  for await (const entry of await opendir(folder)) {
    stopIfAborted(options.signal);
    if (++listing.entries > options.limits.entries) throw refuse(`it holds more than ${options.limits.entries} files`);
    const at = join(folder, entry.name);
    if (entry.isSymbolicLink()) await noteLink(root, at, listing);
    else if (entry.isDirectory() && !ignored.has(entry.name)) {
      await list(root, at, depth + 1, options, listing).catch((error: unknown) =>
        noteUnreadable(error, relative(root, at), listing),
      );
    } else if (entry.isFile()) {
      await stat(at).then(
        ({ size, mtimeMs }) => listing.files.push({ at, size, mtimeMs }),
        (error: unknown) => noteUnreadable(error, relative(root, at), listing),
      );
    }
  }
}

/** Everything below a folder in the order of its paths. Links are not followed; devices and sockets are passed over. */
export function folderSource(root: string): BundleSource {
  return {
    walk: async (visit, options) => {
      const listing: Listing = { files: [], notes: [], entries: 0, cut: false };
      await list(root, root, 0, options, listing);
      listing.files.sort((a, b) => (a.at < b.at ? -1 : 1));
      const total = listing.files.reduce((sum, file) => sum + file.size, 0);
      let done = 0;
      for (const { at, ...facts } of listing.files) {
        stopIfAborted(options.signal);
        const path = relative(root, at).split(sep).join('/');
        if (facts.size > options.limits.fileBytes) {
          listing.notes.push(`"${shown(path)}" is ${megabytes(facts.size)} large; it was read in part`);
        }
        await visit(fileOnDisk(at, path, facts, options.limits)).catch((error: unknown) =>
          noteUnreadable(error, path, listing),
        );
        options.onBytes?.((done += facts.size), total);
      }
      return { notes: listing.notes, cut: listing.cut };
    },
    pick: async (path, limits) => {
      const at = await realpath(join(root, path)).catch(() => undefined);
      if (at === undefined || !at.startsWith(root + sep)) return undefined;
      const facts = await stat(at);
      return facts.isFile() ? fileOnDisk(at, path, facts, limits) : undefined;
    },
  };
}
