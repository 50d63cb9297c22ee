import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, isAlive, stopProcess, type ProcessIdentity } from './pid.ts';

export type Daemon = {
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  log: string;
  pidFile: string;
};

/** Starts a process that outlives this one; its pid file says which process it is. */
export function startDaemon(daemon: Daemon): ProcessIdentity {
  mkdirSync(dirname(daemon.log), { recursive: true });
  const log = openSync(daemon.log, 'a');
  const child = spawn(daemon.command, [...daemon.args], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...daemon.env },
  });
  closeSync(log);
  child.on('error', () => {});
  child.unref();
  const identity = child.pid === undefined ? { pid: 0, started: 'never' } : identify(child.pid);
  writeFileSync(daemon.pidFile, JSON.stringify({ ...identity, command: daemon.command }));
  return identity;
}

export function readPidFile(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

export function runsFromPidFile(file: string): boolean {
  const identity = readPidFile(file);
  return identity !== undefined && isAlive(identity);
}

/** Ends what the pid file names, if it still is that process, and removes the file. */
export async function stopFromPidFile(file: string, graceSeconds?: number): Promise<void> {
  const identity = readPidFile(file);
  if (identity !== undefined) await stopProcess(identity, graceSeconds);
  rmSync(file, { force: true });
}

export function lastLines(log: string, count = 5): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-count).join('\n  ');
  } catch {
    return '(no log)';
  }
}
