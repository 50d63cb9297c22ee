import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { interrupted } from '@autodevops/domain/interruption';
import { createInterface } from 'node:readline';

/** A program that starts others, to be run to its end. */
export interface GroupRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly withinMs: number;
  /** Every line that it writes, on either stream. */
  readonly onLine: (line: string) => void;
  readonly onStart: (pid: number) => void;
}

export interface GroupEnd {
  /** Undefined: it could not be started, or was ended from here. */
  readonly code: number | undefined;
  /** ENOENT, EACCES, ...; `late` when its time ran out. Empty otherwise. */
  readonly why: string;
}

/** How long a group that was asked to end may take before it is ended. */
const graceMs = 3_000;
const leads = process.platform !== 'win32';

/** Sends to all of a group, or to the one process where there are no groups. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(leads ? -pid : pid, signal);
  } catch {
    // All of it has ended.
  }
}

function endsWithUs(child: ChildProcess): void {
  const end = (): void => {
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  };
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
}

/**
 * Runs a program as the leader of a group of its own: Ctrl-C reaches this process alone, which then ends all of the
 * group, politely first. Throws `interrupted` only.
 */
export async function runGroup({
  program,
  args,
  variables,
  signal,
  withinMs,
  onLine,
  onStart,
}: GroupRun): Promise<GroupEnd> {
  if (signal.aborted) throw interrupted();
  const child = spawn(program, [...args], {
    env: { ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: leads,
    windowsHide: true,
  });
  endsWithUs(child);
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
  let why = '';
  let hard: NodeJS.Timeout | undefined;
  const stop = (because: string): void => {
    why ||= because;
    if (child.pid === undefined) return;
    const { pid } = child;
    signalGroup(pid, 'SIGTERM');
    hard ??= setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
  };
  const abort = (): void => stop('interrupted');
  const late = setTimeout(() => stop('late'), withinMs);
  signal.addEventListener('abort', abort, { once: true });
  if (child.pid !== undefined) onStart(child.pid);
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        why ||= error.code ?? 'unknown';
        resolve(null);
      });
      child.once('close', resolve);
    });
    if (why === 'interrupted') throw interrupted();
    return { code: why === '' ? (code ?? undefined) : undefined, why };
  } finally {
    clearTimeout(late);
    clearTimeout(hard);
    signal.removeEventListener('abort', abort);
    // Whoever it left behind goes with it.
    if (why !== '' && child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  }
}
