import type { Limits } from '../limits.ts';
import { pieceOf } from './file-bytes.ts';
import { refuse } from './refuse.ts';

/** What the directory at the end of a zip archive says of one entry. */
export interface ZipEntry {
  readonly name: string;
  /** 0 as it is, 8 deflated; the others are not read here. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its own header lies. */
  readonly at: number;
  /** Milliseconds since the epoch; 0 when not known. */
  readonly modified: number;
  /** Type and permissions as Unix writes them; 0 where another system packed it. */
  readonly mode: number;
}

const endBytes = 22;
const longestComment = 65_535;
const largestDirectory = 64 * 2 ** 20;
const entryBytes = 46;
const unix = 3;

interface Directory {
  readonly entries: number;
  readonly bytes: number;
  readonly at: number;
}

function damaged(): Error {
  return refuse('its list of entries is damaged');
}

function large(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

/** Of archives with more entries or bytes than the first format could count. */
async function largeDirectory(path: string, size: number, end: Buffer, at: number): Promise<Directory> {
  const locator = at - 20;
  if (locator < 0 || end.readUInt32LE(locator) !== 0x07064b50 || large(end, locator + 8) > size) throw damaged();
  const record = await pieceOf(path, large(end, locator + 8), 56);
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) throw damaged();
  return { entries: large(record, 32), bytes: large(record, 40), at: large(record, 48) };
}

async function findDirectory(path: string, size: number): Promise<Directory> {
  const wanted = endBytes + longestComment + 20;
  const end = await pieceOf(path, Math.max(0, size - wanted), wanted);
  let at = end.length - endBytes;
  while (at >= 0 && !(end.readUInt32LE(at) === 0x06054b50 && at + endBytes + end.readUInt16LE(at + 20) === end.length)) at--;
  if (at < 0) throw refuse('it is cut off: the list of its entries, which stands at the end, is missing');
  if (end.readUInt16LE(at + 4) !== 0) throw refuse('it is one part of an archive of several');
  const directory = { entries: end.readUInt16LE(at + 10), bytes: end.readUInt32LE(at + 12), at: end.readUInt32LE(at + 16) };
  const isLarge = directory.entries === 0xffff || directory.bytes === 0xffffffff || directory.at === 0xffffffff;
  return isLarge ? largeDirectory(path, size, end, at) : directory;
}

/** The fields that stand after an entry's name, by their number. */
function extraFields(extra: Buffer): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    fields.set(extra.readUInt16LE(at), extra.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

/** Sizes and places that do not fit into 32 bits stand in a field of their own, in this order, those alone. */
function sizes(header: Buffer, field: Buffer | undefined): Pick<ZipEntry, 'bytes' | 'packedBytes' | 'at'> {
  let next = 0;
  const take = (offset: number): number => {
    const value = header.readUInt32LE(offset);
    if (value !== 0xffffffff || field === undefined) return value;
    if (next + 8 > field.length) throw damaged();
    next += 8;
    return large(field, next - 8);
  };
  const bytes = take(24);
  const packedBytes = take(20);
  return { bytes, packedBytes, at: take(42) };
}

function modifiedAt(header: Buffer, exact: Buffer | undefined): number {
  if (exact !== undefined && exact.length >= 5 && ((exact[0] ?? 0) & 1) === 1) return exact.readInt32LE(1) * 1000;
  const [time, day] = [header.readUInt16LE(12), header.readUInt16LE(14)];
  // A clock without a zone: taken for universal time, which is wrong by hours at most.
  return day === 0 ? 0 : Date.UTC(1980 + (day >> 9), ((day >> 5) & 15) - 1, day & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

function entryAt(directory: Buffer, at: number): { readonly entry: ZipEntry; readonly next: number } {
  if (at + entryBytes > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw damaged();
  const header = directory.subarray(at, at + entryBytes);
  const nameEnd = at + entryBytes + header.readUInt16LE(28);
  const extraEnd = nameEnd + header.readUInt16LE(30);
  const next = extraEnd + header.readUInt16LE(32);
  if (next > directory.length) throw damaged();
  const fields = extraFields(directory.subarray(nameEnd, extraEnd));
  const fromUnix = header.readUInt16LE(4) >> 8 === unix;
  const name = directory.subarray(at + entryBytes, nameEnd).toString('utf8');
  const entry = {
    // What Windows packs may name its folders by backslashes.
    name: fromUnix ? name : name.replaceAll('\\', '/'),
    method: header.readUInt16LE(10),
    encrypted: (header.readUInt16LE(8) & 1) === 1,
    modified: modifiedAt(header, fields.get(0x5455)),
    mode: fromUnix ? header.readUInt32LE(38) >>> 16 : 0,
    ...sizes(header, fields.get(0x0001)),
  };
  return { entry, next };
}

/** What a zip archive says that it holds, in its order. Nothing of it is believed before it was read. */
export async function zipDirectory(path: string, size: number, limits: Limits): Promise<readonly ZipEntry[]> {
  const found = await findDirectory(path, size);
  if (found.entries > limits.entries) throw refuse(`it holds more than ${limits.entries} files`);
  if (found.bytes > largestDirectory) throw refuse('the list of its entries is of absurd size');
  if (found.at > size) throw damaged();
  const directory = await pieceOf(path, found.at, found.bytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < found.entries; ) {
    const { entry, next } = entryAt(directory, at);
    if (entry.at > size) throw damaged();
    entries.push(entry);
    at = next;
  }
  return entries;
}
