import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder, SOURCE } from '../host/folders.ts';
import { startOf } from '../host/pid.ts';

/** Works in a fresh copy of a recipe's folder (images/<recipe>), where what it needs is put beside its Dockerfile. */
export async function inContext<T>(recipe: string, work: (context: string) => Promise<T>): Promise<T> {
  mkdirSync(join(cacheFolder(), 'contexts'), { recursive: true });
  const context = mkdtempSync(join(cacheFolder(), 'contexts', `${recipe}-${process.pid}-`));
  cpSync(join(SOURCE, 'images', recipe), context, { recursive: true });
  const result = await work(context);
  rmSync(context, { recursive: true, force: true }); // one that failed is kept for a look, until the next build
  return result;
}

/** Removes what killed or failed runs left of build contexts; those of a living run stay. */
export function removeOldContexts(): void {
  const folder = join(cacheFolder(), 'contexts');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = Number(name.split('-').at(-2));
    if (startOf(pid) === undefined) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Go's module cache is read-only; a context is not. */
export function copyWritable(from: string, to: string): void {
  cpSync(from, to, { recursive: true, dereference: true });
  makeWritable(to);
}

function makeWritable(path: string): void {
  if (lstatSync(path).isDirectory()) {
    chmodSync(path, 0o755);
    for (const name of readdirSync(path)) makeWritable(join(path, name));
  } else {
    chmodSync(path, 0o644);
  }
}

export function copyPrograms(files: readonly string[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const target = join(folder, basename(file));
    cpSync(file, target);
    chmodSync(target, 0o755);
  }
}

/** The folder root/ of images/single-binary. */
export function singleBinaryRoot(context: string, binary: string): void {
  const root = join(context, 'root');
  copyPrograms([binary], join(root, 'usr/local/bin'));
  symlinkSync(`usr/local/bin/${basename(binary)}`, join(root, 'entrypoint'));
  mkdirSync(join(root, 'tmp'));
  chmodSync(join(root, 'tmp'), 0o1777);
}
