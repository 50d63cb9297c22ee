import { gzipSync } from 'node:zlib';

const mebibyte = 2 ** 20;
const block = 16 * mebibyte;

/**
 * A gzip stream that unpacks to the head and so many mebibytes of spaces after it. Made of members (RFC 1952, 2.2), so
 * that it costs no more to make than one of them.
 */
export function gzipBomb(mebibytes: number, head: Buffer = Buffer.alloc(0)): Buffer {
  const member = gzipSync(Buffer.alloc(block, ' '), { level: 9 });
  return Buffer.concat([
    gzipSync(head),
    ...Array.from({ length: Math.ceil((mebibytes * mebibyte) / block) }, () => member),
  ]);
}
