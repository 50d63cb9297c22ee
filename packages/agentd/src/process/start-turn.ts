import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '@autodevops/domain/interruption';
import { makeOwnFolder } from './own-folder.ts';

const beat = 50;
/** Nobody takes longer to start an agent; an older turn is of a process that was killed in it. */
const longest = 60_000;

function lives(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isLeftOver(path: string): Promise<boolean> {
  const [text, facts] = await Promise.all([readFile(path, 'utf8').catch(() => ''), stat(path).catch(() => undefined)]);
  if (facts === undefined) return false;
  const age = Date.now() - facts.mtimeMs;
  const id = Number.parseInt(text, 10);
  // A turn that was just taken may not say yet whose it is.
  return age > longest || (Number.isSafeInteger(id) && id > 0 ? !lives(id) : age > 5000);
}

/** Only one of those who see a left-over turn gets it out of the way: a rename succeeds once. */
async function takeAway(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  await rename(path, aside).then(
    () => rm(aside, { force: true }),
    () => undefined,
  );
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(`${process.pid}\n`);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Does the work while no other process of this machine does it for the same folder; waits for its turn. Throws `interrupted`. */
export async function inTurn<T>(folder: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await makeOwnFolder(folder);
  const path = join(folder, 'agent.starting');
  while (!(await take(path))) {
    if (await isLeftOver(path)) await takeAway(path);
    else {
      await sleep(beat, undefined, { signal }).catch(() => {
        throw interrupted();
      });
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}
