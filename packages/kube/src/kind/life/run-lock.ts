import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { identify, isAlive } from '../engine/process-identity.ts';
import type { ProcessIdentity } from '../engine/process-identity.ts';

async function holderOf(file: string): Promise<ProcessIdentity | undefined> {
  try {
    const { pid, started } = JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity;
    return Number.isSafeInteger(pid) && pid > 1 && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

function notWritten(file: string, error: unknown): AutoDevOpsError {
  return new AutoDevOpsError(
    'local.failed',
    `${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    'Make room, or correct the rights of the folder.',
    { cause: error },
  );
}

async function create(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(text);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw notWritten(file, error);
  }
}

function busy(file: string, holder: ProcessIdentity | undefined): AutoDevOpsError {
  const who = holder === undefined ? 'Another run' : `Another run (process ${holder.pid})`;
  return new AutoDevOpsError(
    'local.busy',
    `${who} is at work on this local cluster.`,
    `Wait for it; if there is none any more, remove ${file}.`,
  );
}

/** Of several that find the same dead holder only the one that can make the file of its name goes on. */
async function takeOver(file: string, dead: ProcessIdentity, mine: string): Promise<string> {
  const token = `${file}.after-${dead.pid}-${dead.started.replaceAll(/\W/g, '')}`;
  if (!(await create(token, mine))) throw busy(file, undefined);
  const still = await holderOf(file);
  if (still !== undefined && (still.pid !== dead.pid || still.started !== dead.started)) {
    await rm(token, { force: true });
    throw busy(file, still);
  }
  await rm(file, { force: true });
  return token;
}

/** Does the work while no other process does any on the same cluster. Throws `local.busy` at once when one does. */
export async function withRunLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw notWritten(file, error);
  });
  const mine = JSON.stringify(await identify(process.pid));
  let token: string | undefined;
  if (!(await create(file, mine))) {
    const holder = await holderOf(file);
    if (holder === undefined || (await isAlive(holder))) throw busy(file, holder);
    token = await takeOver(file, holder, mine);
    if (!(await create(file, mine))) throw busy(file, undefined);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
    if (token !== undefined) await rm(token, { force: true });
  }
}
