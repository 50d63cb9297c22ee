import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines } from '../host/daemon.ts';
import { BedError } from '../host/failure.ts';
import { identify, isAlive, killGroup } from '../host/pid.ts';
import { comesTrue, until } from '../host/wait.ts';

/** A program of a test: in a folder of its own, on a port of the loopback address. */
export type StartedProgram = { url: string; folder: string; stop: () => Promise<void> };

export type ProgramChoice = {
  name: string;
  command: string;
  args: (folder: string) => readonly string[];
  port: number;
  /** Answers with 200 as soon as it is ready. */
  readyPath: string;
  /** Puts files where it looks for them, before it starts. */
  prepare: (folder: string) => Promise<void> | void;
};

/** Ends the program when whoever started it closes its input, or is gone. */
const leash =
  '"$@" </dev/null & p=$!; trap "kill $p 2>/dev/null" TERM; cat >/dev/null <&3; kill $p 2>/dev/null; wait $p';

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `autodevops-${name}-`));
}

/** Starts a program and waits until it is ready, a minute at most. */
export async function startProgram({
  name,
  command,
  args,
  port,
  readyPath,
  prepare,
}: ProgramChoice): Promise<StartedProgram> {
  const folder = temporaryFolder(name);
  await prepare(folder);
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn('sh', ['-c', leash, 'sh', command, ...args(folder)], {
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  const stop = async (): Promise<void> => {
    child.stdio[3]?.destroy();
    if (identity !== undefined && !(await comesTrue(10, async () => await Promise.resolve(!isAlive(identity))))) {
      killGroup(identity);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await until(
      { for: `${name} to be ready`, seconds: 60 },
      async () => (await fetch(`${url}${readyPath}`, { signal: AbortSignal.timeout(2_000) })).ok,
    );
  } catch (error) {
    const end = lastLines(join(folder, 'log'));
    await stop();
    throw new BedError(
      `${name} did not start (${String(error)}); the end of its log:\n  ${end}`,
      'Read the lines above.',
    );
  }
  return { url, folder, stop };
}
