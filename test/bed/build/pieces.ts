import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join, relative } from 'node:path';
import { attempt } from '../host/command.ts';
import { cacheFolder, lockFile, SOURCE } from '../host/folders.ts';
import { withLock } from '../host/lock.ts';
import { say, timed } from '../host/progress.ts';

/** One thing that is built once and kept: its key is a hash of everything that it is made of. */
export type Piece = { name: string; key: string };

/** The key of a piece: files and folders of test/bed by content, and values (versions, other pieces' keys) as text. */
export function keyOf(sources: readonly string[], values: readonly unknown[] = []): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(join(SOURCE, source))) {
      hash.update(relative(SOURCE, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  hash.update(JSON.stringify([process.platform, process.arch, ...values]));
  return hash.digest('hex').slice(0, 12);
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

export function pieceFolder(piece: Piece): string {
  return join(cacheFolder(), 'pieces', `${piece.name}-${piece.key}`);
}

export function hasPiece(piece: Piece): boolean {
  return existsSync(pieceFolder(piece));
}

/** Gives back the folder of a piece, building it first if it is not there: in a folder aside, renamed when complete. */
export async function pieceOnDisk(piece: Piece, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = pieceFolder(piece);
  if (hasPiece(piece)) return touched(folder);
  return await withLock(lockFile(`piece-${piece.name}`), `building ${piece.name}`, 2400, async () => {
    if (hasPiece(piece)) return folder;
    mkdirSync(join(cacheFolder(), 'pieces'), { recursive: true });
    await removeUnfinished(piece);
    const aside = `${folder}.unfinished`;
    mkdirSync(aside, { recursive: true });
    await timed(`building ${piece.name} (${piece.key})`, () => build(aside));
    renameSync(aside, folder);
    removeOld(piece);
    return folder;
  });
}

function touched(folder: string): string {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

/** What a killed run left: a half-built folder, in which debootstrap may still have /proc mounted. */
async function removeUnfinished(piece: Piece): Promise<void> {
  for (const name of foldersOf(piece).filter((folder) => folder.endsWith('.unfinished'))) {
    const folder = join(cacheFolder(), 'pieces', name);
    say(`removing what a killed run left: ${folder}`);
    await unmountUnder(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function unmountUnder(folder: string): Promise<void> {
  if (!existsSync('/proc/mounts')) return;
  const points = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  for (const point of points.filter((one) => one.startsWith(`${folder}/`)).toReversed()) {
    await attempt('umount', ['--lazy', point]);
  }
}

function foldersOf(piece: Piece): string[] {
  const pattern = new RegExp(`^${piece.name}-[0-9a-f]{12}(\\.unfinished)?$`);
  return readdirSync(join(cacheFolder(), 'pieces')).filter((name) => pattern.test(name));
}

/** Older builds of the same piece go when nothing has used them for two weeks. */
function removeOld(piece: Piece): void {
  const limit = Date.now() - 14 * 24 * 3600 * 1000;
  for (const name of foldersOf(piece)) {
    const folder = join(cacheFolder(), 'pieces', name);
    if (statSync(folder).mtimeMs < limit) rmSync(folder, { recursive: true, force: true });
  }
}
