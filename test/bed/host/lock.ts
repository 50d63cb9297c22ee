import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BedError } from './failure.ts';
import { lockFile } from './folders.ts';
import { identify, isAlive, type ProcessIdentity } from './pid.ts';
import { say } from './progress.ts';

type Holder = ProcessIdentity & { since: string };
let counter = 0;

/** Runs the work while holding the lock file: one process at a time, a bounded wait, and a dead holder does not count. */
export async function withLock<T>(file: string, what: string, seconds: number, work: () => Promise<T>): Promise<T> {
  await acquire(file, what, seconds);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, what: string, seconds: number): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const end = Date.now() + seconds * 1000;
  let told = false;
  while (!take(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && !isAlive(holder)) {
      removeStale(file, holder);
      continue;
    }
    if (Date.now() > end) {
      throw new BedError(
        `Waited ${seconds} s for another run (pid ${holder?.pid ?? '?'}) to finish ${what}.`,
        `If that process is not a run of the bed, remove ${file}.`,
      );
    }
    if (!told) say(`another run (pid ${holder?.pid ?? '?'}) is busy with ${what}; waiting`);
    told = true;
    await sleep(250);
  }
}

/** Linking a complete file is atomic: nobody ever reads a half-written lock. */
function take(file: string): boolean {
  const mine = `${file}.${process.pid}.${counter++}`;
  const holder: Holder = { ...identify(process.pid), since: new Date().toISOString() };
  writeFileSync(mine, JSON.stringify(holder));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Moves a dead holder's lock away; should a living one have taken its place meanwhile, it is put back. */
function removeStale(file: string, seen: Holder): void {
  const aside = `${file}.stale.${process.pid}.${counter++}`;
  try {
    renameSync(file, aside);
    const moved = readHolder(aside);
    if (moved !== undefined && (moved.pid !== seen.pid || moved.started !== seen.started)) linkSync(aside, file);
  } catch {
    // Another waiter was faster; the next round looks again.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The names of all locks that a living process holds. */
export function heldLocks(): string[] {
  const folder = dirname(lockFile('any'));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.lock'))
    .filter((name) => {
      const holder = readHolder(join(folder, name));
      return holder !== undefined && isAlive(holder);
    });
}
