import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';

/** How a run of the command line ended. */
export interface Ran {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
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
  readonly pid: number;
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves when either stream holds the text; throws after `seconds`. */
  readonly says: (text: string | RegExp, seconds?: number) => Promise<void>;
  readonly send: (signal: NodeJS.Signals) => void;
  readonly closeOutput: () => void;
  readonly ended: Promise<Ran>;
}

/** What stands in tokens, keys and Secrets of the tests, and must not come out anywhere. */
export const canary = 'c4n4ry-d0-n0t-sh0w';

function checkText(what: string, text: string, coloured: boolean): void {
  const wrong = (why: string): Error => new Error(`${what} ${why}:\n${text.slice(0, 4000)}`);
  if (/^ {4}at |node:internal/m.test(text)) throw wrong('holds a stack trace');
  if (text.includes(canary) || text.includes(Buffer.from(canary).toString('base64').slice(0, 16))) throw wrong('holds a secret');
  // Colours are switched off in every run, so that whatever steers a terminal came from outside.
  if (!coloured && /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/.test(text)) throw wrong('holds characters that steer a terminal');
}

function environment(folder: string, env: RunOptions['env'], memory: string): NodeJS.ProcessEnv {
  const { PATH = '' } = process.env;
  return { PATH, HOME: folder, XDG_STATE_HOME: join(folder, 'state'), LANG: 'C.UTF-8', NO_COLOR: '1', FAULTS_MEMORY_FILE: memory, ...env };
}

let runs = 0;

/** Starts `autodevops` with these arguments. Whatever it prints is searched for stack traces, secrets and terminal codes. */
export function startCommand(args: readonly string[], { env, folder, limitSeconds = 90, coloured = false, through = [] }: RunOptions): Running {
  const memory = join(folder, `.memory-${runs++}`);
  const began = performance.now();
  const [program = process.execPath, ...words] = [...through, process.execPath, '--disable-warning=ExperimentalWarning', '--import', join(import.meta.dirname, 'report-memory.ts'), inject('command'), ...args];
  const child = spawn(program, words, { cwd: folder, env: environment(folder, env, memory), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const seconds = (): number => (performance.now() - began) / 1000;
  const ended = new Promise<Ran>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`autodevops ${args.join(' ')} did not end within ${limitSeconds} s. It had said:\n${stdout}\n${stderr}`));
    }, limitSeconds * 1000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      try {
        checkText('stdout', stdout, coloured);
        checkText('stderr', stderr, coloured);
        resolve({ code: code ?? undefined, stdout, stderr, seconds: seconds(), megabytes: code === null ? 0 : Number(readFileSync(memory, 'utf8')) / 1024 });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
  // Whoever only looks at what a run says need not wait for its end.
  ended.catch(() => undefined);
  const says = async (text: string | RegExp, patience = 20): Promise<void> => {
    const until = performance.now() + patience * 1000;
    const holds = (where: string): boolean => (typeof text === 'string' ? where.includes(text) : text.test(where));
    while (!holds(stdout) && !holds(stderr)) {
      if (performance.now() > until) throw new Error(`it did not say ${String(text)} within ${patience} s, but:\n${stdout}\n${stderr}`);
      await sleep(25);
    }
  };
  return { pid: child.pid ?? 0, out: () => stdout, err: () => stderr, says, send: (signal) => void child.kill(signal), closeOutput: () => child.stdout.destroy(), ended };
}
