import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';
import { until } from './until.ts';

/** How a run of the command line ended. */
export interface Ran {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The most memory that it held. */
  readonly megabytes: number;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder: string;
  /** A run that lasts longer than this fails the test. */
  readonly limitSeconds?: number;
  /** Colours are expected: the test looks at the escape sequences itself. */
  readonly coloured?: boolean;
  /** Another program that starts it: `['sh', '-c', '... "$@"', 'sh']`. */
  readonly through?: readonly string[];
}

/** A run that goes on. */
export interface Running {
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves when either stream holds the text; throws after `seconds`. */
  readonly says: (text: string | RegExp, seconds?: number) => Promise<void>;
  readonly send: (signal: NodeJS.Signals) => void;
  /** Ends it at once, with all that it was started through. */
  readonly kill: () => void;
  readonly closeOutput: () => void;
  readonly ended: Promise<Ran>;
}

/** What stands in tokens, keys and Secrets of the tests, and must not come out anywhere. */
export const canary = 'c4n4ry-d0-n0t-sh0w';

function checkText(what: string, text: string, coloured: boolean): void {
  const wrong = (why: string): Error => new Error(`${what} ${why}:\n${text.slice(0, 4000)}`);
  if (/^ {4}at |node:internal/m.test(text)) throw wrong('holds a stack trace');
  if (text.includes(canary) || text.includes(Buffer.from(canary).toString('base64').slice(0, 16))) {
    throw wrong('holds a secret');
  }
  // Colours are switched off in every run, so that whatever steers a terminal came from outside.
  if (
    !coloured &&
    /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/.test(text)
  ) {
    throw wrong('holds characters that steer a terminal');
  }
}

/** A home of its own, but one cache of compiled code for all: to compile is most of what a run costs. */
function environment(folder: string, env: RunOptions['env'], memory: string): NodeJS.ProcessEnv {
  const { PATH = '' } = process.env;
  const own = {
    PATH,
    HOME: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CACHE_HOME: join(dirname(inject('command')), '..', 'cache'),
  };
  return { ...own, LANG: 'C.UTF-8', NO_COLOR: '1', FAULTS_MEMORY_FILE: memory, ...env };
}

/** Ends a run at once, and where it was started through another program, all of them. */
function kill(child: ChildProcess, isGroup: boolean): void {
  if (!isGroup || child.pid === undefined) return void child.kill('SIGKILL');
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}

let runs = 0;

/** Starts `autodevops` with these arguments. Whatever it prints is searched for stack traces, secrets and terminal codes. */
export function startCommand(
  args: readonly string[],
  { env, folder, limitSeconds = 90, coloured = false, through = [] }: RunOptions,
): Running {
  const memory = join(folder, `.memory-${runs++}`);
  const [program = process.execPath, ...words] = [
    ...through,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--import',
    join(import.meta.dirname, 'report-memory.mjs'),
    inject('command'),
    ...args,
  ];
  const child = spawn(program, words, {
    cwd: folder,
    env: environment(folder, env, memory),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: through.length > 0,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const ended = new Promise<Ran>((resolve, reject) => {
    const timer = setTimeout(() => {
      kill(child, through.length > 0);
      reject(
        new Error(
          `autodevops ${args.join(' ')} did not end within ${limitSeconds} s. It had said:\n${stdout}\n${stderr}`,
        ),
      );
    }, limitSeconds * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      try {
        checkText('stdout', stdout, coloured);
        checkText('stderr', stderr, coloured);
        resolve({
          code: code ?? undefined,
          stdout,
          stderr,
          megabytes: code === null ? 0 : Number(readFileSync(memory, 'utf8')) / 1024,
        });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  // Whoever only looks at what a run says need not wait for its end.
  ended.catch(() => undefined);
  const says = async (text: string | RegExp, seconds = 20): Promise<void> => {
    const holds = (where: string): boolean => (typeof text === 'string' ? where.includes(text) : text.test(where));
    await until(`autodevops says ${String(text)}`, () => holds(stdout) || holds(stderr), seconds).catch(
      (error: Error) => {
        throw new Error(`${error.message}; it said:\n${stdout}\n${stderr}`);
      },
    );
  };
  return {
    out: () => stdout,
    err: () => stderr,
    says,
    send: (signal) => void child.kill(signal),
    kill: () => kill(child, through.length > 0),
    closeOutput: () => child.stdout.destroy(),
    ended,
  };
}
