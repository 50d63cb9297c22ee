import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** A process, told apart from a later one with the same id by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Empty where the machine does not say. */
  readonly started: string;
}

const psPatience = 5_000;

/** The 22nd field of /proc/PID/stat (proc(5)); the second one is in brackets and may hold anything. */
async function startOnLinux(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function startByPs(pid: number): Promise<string> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'lstart=', '-p', String(pid)], { timeout: psPatience }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : ''),
    );
  });
}

async function startOf(pid: number): Promise<string> {
  if (process.platform === 'win32') return '';
  return process.platform === 'linux' ? await startOnLinux(pid) : await startByPs(pid);
}

export async function identify(pid: number): Promise<ProcessIdentity> {
  return { pid, started: await startOf(pid) };
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether that very process still runs. Without a start time the id alone has to do. */
export async function isAlive({ pid, started }: ProcessIdentity): Promise<boolean> {
  if (!answersSignals(pid)) return false;
  const now = await startOf(pid);
  return started === '' || now === '' || now === started;
}
