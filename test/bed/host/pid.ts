import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process id means nothing alone, since ids are reused: the start time says whether it is still the same process. */
export type ProcessIdentity = { pid: number; started: string };

/** When the process started, or undefined when there is none (a zombie counts as none). */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        }).trim() || undefined
      );
    }
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, started: startOf(pid) ?? 'gone' };
}

export function isAlive(one: ProcessIdentity): boolean {
  const started = startOf(one.pid);
  return started !== undefined && started === one.started;
}

/** The command line, for a check that a process is what a pid file says it is. */
export function commandOf(pid: number): string {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    }
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Ends one process that the bed started: politely, then not. Never touches a process that has only inherited the number. */
export async function stopProcess(one: ProcessIdentity, graceSeconds = 10): Promise<void> {
  signal(one, one.pid, 'SIGTERM');
  for (let left = graceSeconds * 20; left > 0 && isAlive(one); left--) await sleep(50);
  signal(one, one.pid, 'SIGKILL');
  for (let left = 40; left > 0 && isAlive(one); left--) await sleep(50);
}

/** Ends a whole process group whose leader is ours. */
export function killGroup(leader: ProcessIdentity): void {
  signal(leader, -leader.pid, 'SIGKILL');
}

function signal(one: ProcessIdentity, target: number, name: NodeJS.Signals): void {
  if (!isAlive(one)) return;
  try {
    process.kill(target, name);
  } catch {
    // It ended between the look and the signal.
  }
}
