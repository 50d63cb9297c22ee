import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { interrupted } from '@autodevops/domain/interruption';

/** A container engine's command, with the environment that it runs in. */
export interface Engine {
  /** `docker` or `podman`, as people know it. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

interface Bounds {
  readonly signal: AbortSignal;
  readonly withinMs: number;
}

/** How a command ended. `code` undefined: it could not be started, or was ended from here. */
export interface Ended {
  readonly code: number | undefined;
  readonly output: string;
  /** The end of what it said on standard error. */
  readonly said: string;
  /** ENOENT, EACCES, ...; `late` when its time ran out. Empty otherwise. */
  readonly why: string;
}

const longestOutput = 4 * 1024 * 1024;

/** Ends this one process and nothing else, also when this process ends before. */
function endedWith(child: ChildProcess): void {
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
}

function start({ name, variables }: Engine, args: readonly string[], input: 'pipe' | 'ignore'): ChildProcess {
  const child = spawn(name, [...args], { env: { ...variables }, stdio: [input, 'pipe', 'pipe'], windowsHide: true });
  endedWith(child);
  return child;
}

/** Waits for the end of a process, boundedly. Its standard output is left to the caller when `keepsOutput` is false. */
function outcome(child: ChildProcess, { signal, withinMs }: Bounds, keepsOutput = true): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let output = '';
    let said = '';
    let why = '';
    const stop = (because: string): void => {
      why ||= because;
      child.kill('SIGKILL');
    };
    const abort = (): void => stop('interrupted');
    const timer = setTimeout(() => stop('late'), withinMs);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    if (keepsOutput) {
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.length > longestOutput) stop('too much output');
      });
    }
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-4096);
    });
    const end = (code: number | null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (why === 'interrupted') reject(interrupted());
      else resolve({ code: why === '' ? (code ?? undefined) : undefined, output, said: said.trim(), why });
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      why ||= error.code ?? 'unknown';
      end(null);
    });
    child.on('close', end);
  });
}

/** Runs one command of the engine, without a shell. Throws `interrupted` only. */
export async function runEngine(engine: Engine, args: readonly string[], bounds: Bounds): Promise<Ended> {
  return await outcome(start(engine, args, 'ignore'), bounds);
}

/** Runs one command into another. Both ends are told; when one fails the other one is ended. Throws `interrupted` only. */
export async function pipeEngine(
  engine: Engine,
  [from, into]: readonly [readonly string[], readonly string[]],
  bounds: Bounds,
): Promise<readonly [Ended, Ended]> {
  const source = start(engine, from, 'ignore');
  const sink = start(engine, into, 'pipe');
  const ends = [outcome(source, bounds, false), outcome(sink, bounds)] as const;
  if (source.stdout !== null && sink.stdin !== null) {
    // What breaks is told by the process that broke it.
    await pipeline(source.stdout, sink.stdin).catch(() => {
      source.kill('SIGKILL');
      sink.stdin?.destroy();
    });
  }
  const [first, second] = await Promise.allSettled(ends);
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}
