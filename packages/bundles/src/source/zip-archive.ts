import { close, open } from 'node:fs';
import { promisify } from 'node:util';
import { fromFdPromise, getFileNameLowLevel } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { Limits } from '../limits.ts';
import { readOnly } from './file-bytes.ts';
import { refuse, shown } from './refuse.ts';

/** What the list at the end of a zip archive says of one entry. Nothing of it is believed before it was read. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since the epoch; 0 when not known. */
  readonly modified: number;
  /** Type and permissions as Unix writes them; 0 where another system packed it. */
  readonly mode: number;
  readonly listed: Entry;
}

const unix = 3;
const largestList = 64 * 2 ** 20;

/** What an entry takes in the list, in bytes, beside its fixed part. */
function listedBytes({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number {
  return fileNameLength + extraFieldLength + fileCommentLength;
}

function entryOf(listed: Entry): ZipEntry {
  const fromUnix = listed.versionMadeBy >> 8 === unix;
  return {
    // What Windows packs may name its folders by backslashes; on Unix they are part of a name.
    name: getFileNameLowLevel(listed.generalPurposeBitFlag, listed.fileNameRaw, listed.extraFields, fromUnix),
    bytes: listed.uncompressedSize,
    // A clock without a zone is taken for universal time, which is wrong by hours at most.
    modified: listed.lastModFileDate === 0 ? 0 : listed.getLastModDate({ timezone: 'UTC' }).getTime(),
    mode: fromUnix ? listed.externalFileAttributes >>> 16 : 0,
    listed,
  };
}

function unreadable(error: unknown): Error {
  if (!(error instanceof Error) || 'syscall' in error) throw error;
  if (error.message.startsWith('End of central directory record')) {
    return refuse('it is cut off: the list of its entries, which stands at the end, is missing');
  }
  return refuse(`it cannot be read as a zip archive (${shown(error.message)})`);
}

/** The archive at `path`, to be closed. Links are not followed. */
export async function openArchive(path: string): Promise<ZipFile> {
  const descriptor = await promisify(open)(path, readOnly, 0);
  return await fromFdPromise(descriptor, { autoClose: false, decodeStrings: false, validateEntrySizes: false }).catch(
    async (error: unknown) => {
      await promisify(close)(descriptor);
      throw unreadable(error);
    },
  );
}

/** What a zip archive says that it holds, in its order. */
export async function listOf(archive: ZipFile, limits: Limits): Promise<readonly ZipEntry[]> {
  if (archive.entryCount > limits.entries) throw refuse(`it holds more than ${limits.entries} files`);
  const entries: ZipEntry[] = [];
  let bytes = 0;
  try {
    for await (const listed of archive.eachEntry()) {
      bytes += listedBytes(listed);
      if (bytes > largestList) break;
      entries.push(entryOf(listed));
    }
  } catch (error) {
    throw unreadable(error);
  }
  if (bytes > largestList) throw refuse('the list of its entries is of absurd size');
  return entries;
}
