import { AutoDevOpsError } from '@autodevops/domain/errors';
import { stopIfAborted } from '@autodevops/domain/interruption';
import type { ZipFile } from 'yauzl';
import type { Limits } from '../limits.ts';
import type { BundleFile, BundleSource, WalkOptions, WalkReport } from './bundle-source.ts';
import { linkTarget, nameProblem, normalName } from './entry-name.ts';
import { megabytes, refuse, shown } from './refuse.ts';
import { listOf, openArchive } from './zip-archive.ts';
import type { ZipEntry } from './zip-archive.ts';

const longestLink = 4096;
const fileTypes = 0o170000;
const regular = 0o100000;
const folder = 0o040000;
const link = 0o120000;

/** What came out of the archive so far: entries that lie over each other make a bomb out of small ones. */
interface Tally {
  unpacked: number;
  readonly packed: number;
}

/** The bytes of one entry; sets `ending.cut` where they are damaged or fewer than it says. */
async function* unpacked(
  archive: ZipFile,
  entry: ZipEntry,
  limits: Limits,
  ending: { cut: boolean },
): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of (await archive.openReadStreamPromise(entry.listed)) as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > limits.fileBytes) {
        throw refuse(`${shown(entry.name)} unpacks to more than ${megabytes(limits.fileBytes)}`);
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AutoDevOpsError || !(error instanceof Error) || 'syscall' in error) throw error;
    ending.cut = true;
  }
  if (length < entry.bytes) ending.cut = true;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, tally: Tally, limits: Limits): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    tally.unpacked += chunk.length;
    if (tally.unpacked > limits.totalBytes) throw refuse(`it unpacks to more than ${megabytes(limits.totalBytes)}`);
    if (tally.unpacked > limits.ratioFrom && tally.unpacked > tally.packed * limits.ratio) {
      throw refuse(
        `${megabytes(tally.packed)} of it unpack to more than ${megabytes(tally.unpacked)}, which is what a decompression bomb does`,
      );
    }
    yield chunk;
  }
}

async function checkLink(archive: ZipFile, entry: ZipEntry, limits: Limits): Promise<void> {
  let target = '';
  for await (const chunk of unpacked(archive, entry, limits, { cut: false })) {
    target += Buffer.from(chunk).toString('utf8');
    if (target.length > longestLink) break;
  }
  if (linkTarget(entry.name, target) === undefined) {
    throw refuse(`${shown(entry.name)} is a link that leads out of the archive (${shown(target)})`);
  }
}

/** True when the entry is a regular file. Throws on what has no place in a bundle. */
async function isFile(archive: ZipFile, entry: ZipEntry, limits: Limits): Promise<boolean> {
  const problem = nameProblem(entry.name);
  if (problem !== undefined) throw refuse(`the name of an entry ${problem} (${shown(entry.name)})`);
  const type = entry.mode & fileTypes;
  if (type === link) await checkLink(archive, entry, limits);
  else if (type !== 0 && type !== regular && type !== folder) {
    throw refuse(`${shown(entry.name)} is a device, a pipe or a socket, not a file`);
  }
  if (type === link || type === folder || entry.name.endsWith('/')) return false;
  if (entry.bytes > limits.fileBytes) {
    throw refuse(`${shown(entry.name)} says that it is ${megabytes(entry.bytes)} large`);
  }
  return true;
}

function unreadable({ name, listed }: ZipEntry): string | undefined {
  if (listed.isEncrypted()) return `${shown(name)} is encrypted and was not read`;
  return listed.canDecodeFileData()
    ? undefined
    : `${shown(name)} is packed in a way that is not read here (method ${listed.compressionMethod})`;
}

/** A zip archive on disk, read entry by entry where its list says that they lie; nothing is unpacked to disk. */
export function zipSource(path: string, size: number): BundleSource {
  let known: Promise<readonly ZipEntry[]> | undefined;
  const entries = (archive: ZipFile, limits: Limits): Promise<readonly ZipEntry[]> =>
    (known ??= listOf(archive, limits));

  function bundleFile({ name, bytes, modified }: ZipEntry, body: BundleFile['body']): BundleFile {
    return { path: normalName(name), size: bytes, modified, body };
  }

  async function* bodyOf(entry: ZipEntry, limits: Limits): AsyncGenerator<Uint8Array> {
    const archive = await openArchive(path);
    try {
      yield* counted(unpacked(archive, entry, limits, { cut: false }), { unpacked: 0, packed: size }, limits);
    } finally {
      archive.close();
    }
  }

  async function find(wanted: string, limits: Limits): Promise<ZipEntry | undefined> {
    const archive = await openArchive(path);
    try {
      const found = (await entries(archive, limits)).find(
        (held) => normalName(held.name) === wanted && unreadable(held) === undefined,
      );
      return found !== undefined && (await isFile(archive, found, limits)) ? found : undefined;
    } finally {
      archive.close();
    }
  }

  async function visitAll(
    archive: ZipFile,
    visit: (file: BundleFile) => Promise<void>,
    { limits, signal, onBytes }: WalkOptions,
  ): Promise<WalkReport> {
    const tally: Tally = { unpacked: 0, packed: size };
    const notes: string[] = [];
    let done = 0;
    for (const entry of await entries(archive, limits)) {
      stopIfAborted(signal);
      const ending = { cut: false };
      const why = unreadable(entry);
      if (why !== undefined) notes.push(why);
      else if (await isFile(archive, entry, limits)) {
        await visit(bundleFile(entry, () => counted(unpacked(archive, entry, limits, ending), tally, limits)));
      }
      if (ending.cut) notes.push(`${shown(entry.name)} is damaged or cut off in the archive`);
      onBytes?.((done += entry.listed.compressedSize), size);
    }
    return { notes, cut: notes.length > 0 };
  }

  return {
    walk: async (visit, options) => {
      const archive = await openArchive(path);
      try {
        return await visitAll(archive, visit, options);
      } finally {
        archive.close();
      }
    },
    pick: async (wanted, limits) => {
      const entry = await find(wanted, limits);
      return entry === undefined ? undefined : bundleFile(entry, () => bodyOf(entry, limits));
    },
  };
}
