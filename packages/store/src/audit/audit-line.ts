import { hash } from 'node:crypto';
import type { ChainHead } from './chain-head.ts';

/** A line of an audit file, taken apart; `hash` and `previous` as it says, `sound` whether `hash` is that of the rest. */
export interface AuditLine {
  readonly sequence: number;
  readonly previous: string;
  readonly hash: string;
  readonly sound: boolean;
}

/** A longer entry is not written, in bytes of its canonical JSON. */
export const longestEntry = 1024 * 1024;
/** What a line holds around its entry, at most. */
export const longestLine = longestEntry + 256;

// A row has one form to the byte, so its fixed parts are looked for where they have to stand.
const head = Buffer.from('{"entry":');
const beforeHash = ',"hash":"';
const beforePrevious = '","previous":"';
const beforeSequence = '","sequence":';
const hexLength = 64;

function tail(own: string, previous: string, sequence: string): string {
  return `${beforeHash}${own}${beforePrevious}${previous}${beforeSequence}${sequence}}`;
}

const tailLength = tail('', '', '').length + 2 * hexLength;

function beginsAsRow(bytes: Buffer, from: number): boolean {
  for (let at = 0; at < head.length; at += 1) if (bytes[from + at] !== head[at]) return false;
  return true;
}

/** Where the message is put together of which the hash is made; one row at a time. */
let desk = Buffer.allocUnsafe(64 * 1024);

/** The row's hash made anew, over the very bytes of the entry that stand in the line. */
function hashOf(bytes: Buffer, from: number, to: number, lead: string): string {
  const length = lead.length + to - from;
  if (desk.length < length) desk = Buffer.allocUnsafe(length);
  desk.write(lead, 'latin1');
  bytes.copy(desk, lead.length, from, to);
  return hash('sha256', desk.subarray(0, length), 'hex');
}

/** The hash of the line's row if it is, byte for byte, the row after `last`; undefined if it is anything else. */
export function nextHash(bytes: Buffer, from: number, to: number, last: ChainHead): string | undefined {
  const sequence = String(last.sequence + 1);
  const entryEnd = to - tailLength - sequence.length;
  if (entryEnd <= from + head.length || !beginsAsRow(bytes, from)) return undefined;
  const own = hashOf(bytes, from + head.length, entryEnd, `${sequence}\n${last.hash}\n`);
  return bytes.toString('latin1', entryEnd, to) === tail(own, last.hash, sequence) ? own : undefined;
}

const tailPattern = /^,"hash":"([0-9a-f]{64})","previous":"([0-9a-f]{64})","sequence":([1-9]\d{0,15})\}$/;

/** Reads one line, without its end, whatever row it is. Undefined when it is none. */
export function readAuditLine(line: Buffer): AuditLine | undefined {
  if (line.length > longestLine || line.length < head.length + tailLength || !beginsAsRow(line, 0)) return undefined;
  const digits = /\d*\}$/.exec(line.toString('latin1', line.length - 17))?.[0].length ?? 1;
  const entryEnd = line.length - tailLength - digits + 1;
  const parts = tailPattern.exec(line.toString('latin1', entryEnd));
  if (parts === null || entryEnd <= head.length) return undefined;
  const [, own = '', previous = '', sequence = ''] = parts;
  const sound = hashOf(line, head.length, entryEnd, `${sequence}\n${previous}\n`) === own;
  return { sequence: Number(sequence), previous, hash: own, sound };
}
