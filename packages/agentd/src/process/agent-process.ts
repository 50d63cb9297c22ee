import { spawn } from 'node:child_process';
import { chmod, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import { remedy } from '@autodevops/domain/remedy/remedy';
import { endIn } from './agent-end.ts';
import { insideElectron, nodeEnvironment } from './node-environment.ts';
import { makeOwnFolder } from './own-folder.ts';

/** How long a started agent may take to answer, and a stopped one to end its running steps (ten seconds) and go. */
const startWithin = 30_000;
const stopWithin = 20_000;
const beat = 100;
/** As the command line begins an error; what to do follows in the next line. */
const errorMark = 'Error: ';
const longestWords = 600;

/** The files of an agent's folder that are about its process. */
export function processFiles(folder: string): { readonly log: string; readonly pid: string } {
  return { log: join(folder, 'agent.log'), pid: join(folder, 'agent.pid') };
}

/** The id that the running agent wrote down; undefined where there is none. */
export async function processIdIn(folder: string): Promise<number | undefined> {
  const text = await readFile(processFiles(folder).pid, 'utf8').catch(() => '');
  const id = Number.parseInt(text, 10);
  return Number.isSafeInteger(id) && id > 1 ? id : undefined;
}

/** Writes this process's id down, for `agent stop`; gives what takes it away again. */
export async function writeProcessId(folder: string): Promise<() => Promise<void>> {
  const { pid } = processFiles(folder);
  await writeFile(pid, `${process.pid}\n`, { mode: 0o600 });
  return async () => {
    await rm(pid, { force: true });
  };
}

async function until(done: () => Promise<boolean>, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end;) {
    if (await done()) return true;
    await sleep(beat, undefined, { signal }).catch(() => {
      throw interrupted();
    });
  }
  return false;
}

export interface Starting {
  readonly folder: string;
  /** The command line of the agent's process, without Node itself. */
  readonly args: readonly string[];
  readonly answers: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** The last lines that were written since the file was so large. */
async function lastLines(file: string, size: number): Promise<readonly string[]> {
  const content = await readFile(file).catch(() => Buffer.alloc(0));
  return content.subarray(size).toString('utf8').trimEnd().split('\n').slice(-4);
}

/** Why it ended, as it wrote at the end of its log: an error with what to do about it, else the last line. */
function lastWords(lines: readonly string[]): string {
  const error = lines.findLastIndex((line) => line.startsWith(errorMark));
  const words = error < 0 ? lines.slice(-1) : lines.slice(error).filter((line) => !line.startsWith('{'));
  return words.join(' ').replace(errorMark, '').slice(0, longestWords) || 'it ended without a word';
}

/**
 * Starts an agent as a process of its own that outlives this one. Comes back when it answers. Throws what the agent says
 * keeps it from beginning (`cluster.*`, `kubeconfig.*`, `config.invalid`, …), else `agent.unreachable`.
 */
export async function startProcess({ folder, args, answers, signal }: Starting): Promise<number> {
  await makeOwnFolder(folder);
  const { log } = processFiles(folder);
  const written = await open(log, 'a', 0o600);
  await chmod(log, 0o600);
  const { size } = await written.stat();
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', written.fd],
    env: nodeEnvironment(process.env, insideElectron()),
    windowsHide: true,
  });
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  try {
    const up = await until(async () => ended || (await answers()), startWithin, signal);
    if (up && !ended && child.pid !== undefined) return child.pid;
  } finally {
    child.unref();
    await written.close();
  }
  if (!ended) child.kill('SIGTERM');
  const lines = ended ? await lastLines(log, size) : [];
  const why = lines.map(endIn).findLast((error) => error !== undefined);
  if (why !== undefined) throw why;
  throw new AutoDevOpsError(
    'agent.unreachable',
    `The agent did not start: ${ended ? lastWords(lines) : 'it does not answer'}.`.replace('..', '.'),
    `Its log is ${log}.`,
  );
}

/** Asks an agent's process to end, and waits until it does not answer any more. Throws `agent.unreachable`. */
export async function stopProcess(id: number, answers: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  process.kill(id, 'SIGTERM');
  if (await until(async () => !(await answers()), stopWithin, signal)) return;
  throw new AutoDevOpsError(
    'agent.unreachable',
    `The agent (process ${id}) has not ended within ${stopWithin / 1000} seconds.`,
    remedy`It may be in the middle of a step; look again with ${{ do: 'show-agent' }}.`,
  );
}
