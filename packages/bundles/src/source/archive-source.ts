import { AutoDevOpsError } from '@autodevops/domain/errors';
import { stopIfAborted } from '@autodevops/domain/interruption';
import { extract } from 'tar-stream';
import type { Header } from 'tar-stream';
import type { BundleFile, BundleSource, WalkOptions } from './bundle-source.ts';
import { gunzip } from './decompress.ts';
import type { Ending } from './decompress.ts';
import { linkTarget, nameProblem, normalName } from './entry-name.ts';
import { megabytes, refuse, shown } from './refuse.ts';

/** Headers (long names, extensions) are held in memory whole, so there has to be an end to them. */
const headerBytes = 4 * 2 ** 20;

function absurdHeader(): AutoDevOpsError {
  return refuse('one of its headers is of absurd size');
}

interface Tally {
  /** Bytes given to the tar reader, and bytes that its entries account for. */
  given: number;
  accounted: number;
  entries: number;
}

async function* guarded(
  bytes: AsyncIterable<Uint8Array>,
  tally: Tally,
  limits: WalkOptions['limits'],
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    tally.given += chunk.length;
    if (tally.given > limits.totalBytes) throw refuse(`it unpacks to more than ${megabytes(limits.totalBytes)}`);
    if (tally.given - tally.accounted > headerBytes) throw absurdHeader();
    yield chunk;
  }
}

function checkName(name: string): void {
  const problem = nameProblem(name);
  if (problem !== undefined) throw refuse(`the name of an entry ${problem} (${shown(name)})`);
}

/** True when the entry is a regular file that may be read. Throws on what has no place in a bundle. */
function isReadable(header: Header, limits: WalkOptions['limits']): boolean {
  checkName(header.name);
  const { type } = header;
  if (type === 'symlink' || type === 'link') {
    const linkname = header.linkname ?? '';
    if (linkTarget(type === 'link' ? '' : header.name, linkname) === undefined) {
      throw refuse(`${shown(header.name)} is a link that leads out of the archive (${shown(linkname)})`);
    }
    return false;
  }
  if (type === 'block-device' || type === 'character-device' || type === 'fifo') {
    throw refuse(`${shown(header.name)} is a ${type.replace('-', ' ')}, not a file`);
  }
  if (type !== 'file' && type !== 'contiguous-file') return false;
  if (header.size > limits.fileBytes) {
    throw refuse(`${shown(header.name)} says that it is ${megabytes(header.size)} large`);
  }
  return true;
}

function bundleFile(header: Header, body: () => AsyncIterable<Uint8Array>): BundleFile {
  const modified = header.mtime instanceof Date ? header.mtime.getTime() : 0;
  return { path: normalName(header.name), size: header.size, modified: Number.isFinite(modified) ? modified : 0, body };
}

/** Visits one entry. Whoever stops reading in the middle must not end the whole archive, so the rest is read here. */
async function visitEntry(
  entry: AsyncIterable<Uint8Array>,
  use: (body: () => AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const bytes = entry[Symbol.asyncIterator]();
  const next = (): Promise<IteratorResult<Uint8Array>> => bytes.next();
  await use(() => ({ [Symbol.asyncIterator]: () => ({ next }) }));
  while ((await next()).done !== true);
}

function isTarComplaint(error: unknown): boolean {
  if (error instanceof AutoDevOpsError || !(error instanceof Error) || error.name === 'AbortError') return false;
  return /tar|header|unexpected end|writable stream closed|premature/i.test(error.message);
}

/** Starts the pump that feeds the tar reader; the returned promise never rejects. */
function feed(into: ReturnType<typeof extract>, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  return (async () => {
    try {
      for await (const chunk of bytes) {
        if (into.destroyed) return;
        if (!into.write(chunk)) {
          await new Promise<void>((resolve) => {
            const goOn = (): void => {
              into.off('drain', goOn);
              into.off('close', goOn);
              resolve();
            };
            into.on('drain', goOn);
            into.on('close', goOn);
          });
        }
      }
      into.end(undefined);
    } catch (error) {
      into.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  })();
}

/**
 * A tar archive, gzip-compressed or not, read from its bytes each time it is walked; nothing is unpacked to disk. What
 * is left of a damaged archive is read, and the report says that the rest is missing.
 */
export function archiveSource(
  open: () => AsyncIterable<Uint8Array>,
  facts: { bytes: number; gzip: boolean },
): BundleSource {
  return {
    walk: async (visit, options) => {
      const { limits, signal, onBytes } = options;
      const ending: Ending = { cut: false };
      const tally: Tally = { given: 0, accounted: 0, entries: 0 };
      let read = 0;
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const chunk of open()) {
          stopIfAborted(signal);
          onBytes?.((read += chunk.length), facts.bytes);
          yield chunk;
        }
      }
      const plain = facts.gzip ? gunzip(counted(), limits, ending) : counted();
      const tar = extract();
      const pump = feed(tar, guarded(plain, tally, limits));
      try {
        for await (const entry of tar) {
          const { header } = entry;
          if (++tally.entries > limits.entries) throw refuse(`it holds more than ${limits.entries} files`);
          const readable = isReadable(header, limits);
          // No bytes belong to a folder. Where its header says a size, the reader would wait for them for ever.
          if (header.type === 'directory') continue;
          tally.accounted = tally.given + Math.ceil((header.size || 0) / 512) * 512;
          const bytes = entry as unknown as AsyncIterable<Uint8Array>;
          await visitEntry(bytes, async (body) => (readable ? visit(bundleFile(header, body)) : undefined));
        }
      } catch (error) {
        if (error instanceof Error && error.message === 'Header exceeds max size') throw absurdHeader();
        if (!ending.cut && !isTarComplaint(error)) throw error;
        ending.cut = true;
      } finally {
        tar.destroy();
        await pump;
      }
      return {
        notes: ending.cut
          ? [`the archive is damaged or cut off after ${tally.entries} ${tally.entries === 1 ? 'entry' : 'entries'}`]
          : [],
        cut: ending.cut,
      };
    },
  };
}
