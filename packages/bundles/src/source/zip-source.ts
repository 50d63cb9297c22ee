import { stopIfAborted } from '@autodevops/domain/interruption';
import type { Limits } from '../limits.ts';
import type { BundleFile, BundleSource, WalkReport } from './bundle-source.ts';
import { inflate } from './decompress.ts';
import { linkTarget, nameProblem, normalName } from './entry-name.ts';
import { bytesOf, pieceOf } from './file-bytes.ts';
import { megabytes, refuse, shown } from './refuse.ts';
import { zipDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';

const headerBytes = 30;
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
async function* unpacked(path: string, entry: ZipEntry, limits: Limits, ending: { cut: boolean }): AsyncGenerator<Uint8Array> {
  const header = await pieceOf(path, entry.at, headerBytes);
  if (header.length < headerBytes || header.readUInt32LE(0) !== 0x04034b50) {
    ending.cut = true;
    return;
  }
  const from = entry.at + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = bytesOf(path, from, entry.packedBytes);
  let length = 0;
  for await (const chunk of entry.method === 0 ? packed : inflate(packed, limits, ending)) {
    length += chunk.length;
    if (length > limits.fileBytes) throw refuse(`${shown(entry.name)} unpacks to more than ${megabytes(limits.fileBytes)}`);
    yield chunk;
  }
  if (length < entry.bytes) ending.cut = true;
}

async function* counted(bytes: AsyncIterable<Uint8Array>, tally: Tally, limits: Limits): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    tally.unpacked += chunk.length;
    if (tally.unpacked > limits.totalBytes) throw refuse(`it unpacks to more than ${megabytes(limits.totalBytes)}`);
    if (tally.unpacked > limits.ratioFrom && tally.unpacked > tally.packed * limits.ratio) {
      throw refuse(`${megabytes(tally.packed)} of it unpack to more than ${megabytes(tally.unpacked)}, which is what a decompression bomb does`);
    }
    yield chunk;
  }
}

async function checkLink(path: string, entry: ZipEntry, limits: Limits): Promise<void> {
  let target = '';
  for await (const chunk of unpacked(path, entry, limits, { cut: false })) {
    target += Buffer.from(chunk).toString('utf8');
    if (target.length > longestLink) break;
  }
  if (linkTarget(entry.name, target) === undefined) throw refuse(`${shown(entry.name)} is a link that leads out of the archive (${shown(target)})`);
}

/** True when the entry is a regular file. Throws on what has no place in a bundle. */
async function isFile(path: string, entry: ZipEntry, limits: Limits): Promise<boolean> {
  const problem = nameProblem(entry.name);
  if (problem !== undefined) throw refuse(`the name of an entry ${problem} (${shown(entry.name)})`);
  const type = entry.mode & fileTypes;
  if (type === link) await checkLink(path, entry, limits);
  else if (type !== 0 && type !== regular && type !== folder) throw refuse(`${shown(entry.name)} is a device, a pipe or a socket, not a file`);
  if (type === link || type === folder || entry.name.endsWith('/')) return false;
  if (entry.bytes > limits.fileBytes) throw refuse(`${shown(entry.name)} says that it is ${megabytes(entry.bytes)} large`);
  return true;
}

function unreadable({ name, method, encrypted }: ZipEntry): string | undefined {
  if (encrypted) return `${shown(name)} is encrypted and was not read`;
  return method === 0 || method === 8 ? undefined : `${shown(name)} is packed in a way that is not read here (method ${method})`;
}

/** A zip archive on disk, read entry by entry where its directory says that they lie; nothing is unpacked to disk. */
export function zipSource(path: string, size: number): BundleSource {
  let known: Promise<readonly ZipEntry[]> | undefined;
  const entries = (limits: Limits): Promise<readonly ZipEntry[]> => (known ??= zipDirectory(path, size, limits));

  function bundleFile(entry: ZipEntry, limits: Limits, tally: Tally, ending: { cut: boolean }): BundleFile {
    return { path: normalName(entry.name), size: entry.bytes, modified: entry.modified, body: () => counted(unpacked(path, entry, limits, ending), tally, limits) };
  }

  return {
    walk: async (visit, { limits, signal, onBytes }): Promise<WalkReport> => {
      const tally: Tally = { unpacked: 0, packed: size };
      const notes: string[] = [];
      let done = 0;
      for (const entry of await entries(limits)) {
        stopIfAborted(signal);
        const ending = { cut: false };
        const why = unreadable(entry);
        if (why !== undefined) notes.push(why);
        else if (await isFile(path, entry, limits)) await visit(bundleFile(entry, limits, tally, ending));
        if (ending.cut) notes.push(`${shown(entry.name)} is damaged or cut off in the archive`);
        onBytes?.((done += entry.packedBytes), size);
      }
      return { notes, cut: notes.length > 0 };
    },
    pick: async (wanted, limits) => {
      const entry = (await entries(limits)).find((held) => normalName(held.name) === wanted && unreadable(held) === undefined);
      return entry !== undefined && (await isFile(path, entry, limits)) ? bundleFile(entry, limits, { unpacked: 0, packed: size }, { cut: false }) : undefined;
    },
  };
}
