import { open, opendir, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Limits } from '../limits.ts';
import { archiveSource } from './archive-source.ts';
import type { BundleSource } from './bundle-source.ts';
import { gunzip } from './decompress.ts';
import { fileOnDisk, folderSource } from './folder-source.ts';
import { shown } from './refuse.ts';
import { zipSource } from './zip-source.ts';

/** How a zip archive begins: with its first entry, or with its end where it holds none. */
const zip: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];

const otherArchives: readonly (readonly [string, number[]])[] = [
  ['an xz archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['a zstd archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['a bzip2 archive', [0x42, 0x5a, 0x68]],
  ['a 7z archive', [0x37, 0x7a, 0xbc, 0xaf]],
];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** POSIX and GNU tar say `ustar`; the oldest form only has a checksum over its header. */
function isTar(head: Uint8Array): boolean {
  if (head.length < 512) return false;
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1');
  if (text.slice(257, 262) === 'ustar') return true;
  const stated = Number.parseInt(text.slice(148, 156).replaceAll('\0', ' ').trim(), 8);
  if (Number.isNaN(stated)) return false;
  let sum = 8 * 32;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += head[at] ?? 0;
  return sum === stated;
}

async function firstBytes(bytes: AsyncIterable<Uint8Array>, wanted: number): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    length += chunk.length;
    if (length >= wanted) break;
  }
  return Buffer.concat(held).subarray(0, wanted);
}

async function fileSource(
  path: string,
  facts: { size: number; mtimeMs: number },
  limits: Limits,
): Promise<BundleSource> {
  const name = basename(path);
  const onDisk = fileOnDisk(path, name, facts, { ...limits, fileBytes: Number.MAX_SAFE_INTEGER });
  const head = await firstBytes(onDisk.body(), 512);
  if (zip.some((magic) => startsWith(head, magic))) return zipSource(path, facts.size);
  const other = otherArchives.find(([, magic]) => startsWith(head, magic));
  if (other !== undefined) {
    throw new AutoDevOpsError(
      'bundle.not-a-bundle',
      `${shown(path)} is ${other[0]}, which is not read here.`,
      'Unpack it and pass the folder, or pack it as .tar.gz.',
    );
  }
  const gzip = startsWith(head, [0x1f, 0x8b]);
  const inner = gzip ? await firstBytes(gunzip(onDisk.body(), limits, { cut: false }), 512) : head;
  if (isTar(inner)) return archiveSource(onDisk.body, { bytes: facts.size, gzip });
  const inside = name.replace(/\.gz$/i, '');
  return {
    walk: async (visit, options) => {
      const ending = { cut: false };
      const body = gzip ? () => gunzip(onDisk.body(), options.limits, ending) : onDisk.body;
      await visit(
        gzip ? { path: inside, size: facts.size, modified: facts.mtimeMs, body } : { ...onDisk, path: inside },
      );
      options.onBytes?.(facts.size, facts.size);
      return { notes: ending.cut ? ['the compressed file is damaged or cut off'] : [], cut: ending.cut };
    },
  };
}

/**
 * Looks at what lies at `path`: a folder, a tar archive (compressed or not) or a zip archive, whatever it is called, or one file.
 * Throws `bundle.not-found`, or `bundle.not-a-bundle` for archives of other makes.
 */
export async function openSource(path: string, limits: Limits): Promise<{ source: BundleSource; at: string }> {
  try {
    const at = await realpath(path);
    const facts = await stat(at);
    if (facts.isDirectory()) {
      await (await opendir(at)).close();
      return { source: folderSource(at), at };
    }
    if (facts.isFile()) {
      await (await open(at, 'r')).close();
      return { source: await fileSource(at, facts, limits), at };
    }
  } catch (error) {
    if (error instanceof AutoDevOpsError) throw error;
    const code = (error as { code?: unknown }).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AutoDevOpsError(
        'bundle.not-found',
        `There is nothing at ${shown(path)}.`,
        'Check the path; a bundle is a folder, a .tar.gz or .zip archive, or a file of objects.',
        { cause: error },
      );
    }
    if (code === 'EACCES' || code === 'EPERM') {
      throw new AutoDevOpsError(
        'bundle.not-found',
        `${shown(path)} may not be read by this user.`,
        'Change its permissions, or copy it to a place that you may read.',
        { cause: error },
      );
    }
    if (typeof code !== 'string') throw error;
    const why =
      code === 'ELOOP'
        ? 'is a link that leads in a circle'
        : code === 'ENAMETOOLONG'
          ? 'is a longer path than this system has'
          : `cannot be read (${code})`;
    throw new AutoDevOpsError(
      'bundle.not-found',
      `${shown(path)} ${why}.`,
      'Check the path, and the disk that it is on.',
      { cause: error },
    );
  }
  throw new AutoDevOpsError(
    'bundle.not-a-bundle',
    `${shown(path)} is neither a folder nor a regular file.`,
    'Pass a folder, a .tar.gz or .zip archive, or a file of objects.',
  );
}
