import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BedError } from './failure.ts';
import { cacheFolder } from './folders.ts';
import { identify, isAlive, killGroup, type ProcessIdentity } from './pid.ts';

export type CommandOptions = {
  env?: Record<string, string>;
  cwd?: string;
  input?: string | Buffer;
  seconds?: number;
  log?: string;
  advice?: string;
};
export type CommandResult = { code: number; stdout: string; stderr: string };
type ChildRecord = { child: ProcessIdentity; parent: ProcessIdentity; command: string };

/** Runs a command to its end and gives back what it wrote, whatever its exit code. */
export async function attempt(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, [...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const forget = remember(child, command);
  const seconds = options.seconds ?? 600;
  const timer = setTimeout(() => endGroup(child), seconds * 1000);
  try {
    return await collect(child, options);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** Runs a command that has to succeed, and gives back its standard output. */
export async function run(command: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await attempt(command, args, options);
  if (result.code === 0) return result.stdout;
  const tail = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-6).join('\n  ');
  const where = options.log === undefined ? '' : ` Its whole output is in ${options.log}.`;
  throw new BedError(
    `"${[command, ...args].join(' ').slice(0, 200)}" ended with ${result.code}:\n  ${tail}`,
    (options.advice ?? 'Read the lines above.') + where,
  );
}

export async function isOnPath(command: string): Promise<boolean> {
  return (await attempt('sh', ['-c', `command -v "$1"`, 'sh', command])).code === 0;
}

function collect(child: ChildProcess, options: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    const keep = (text: string): void => {
      if (options.log !== undefined) appendFileSync(options.log, text);
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      keep(text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      keep(text);
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ code: 127, stdout, stderr: `${error.message}\n` });
      else reject(error);
    });
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 128, stdout, stderr: signal === null ? stderr : `${stderr}\nended by ${signal}` }),
    );
  });
}

// A run that is killed cannot end its children. Each child leads a process group of its own and leaves a record,
// so that a signal reaches all of it, and the next run ends what a killed run left behind.
const living = new Set<ChildProcess>();

function childrenFolder(): string {
  return join(cacheFolder(), 'children');
}

function remember(child: ChildProcess, command: string): () => void {
  if (child.pid === undefined) return () => {};
  const file = join(childrenFolder(), `${child.pid}.json`);
  const record: ChildRecord = { child: identify(child.pid), parent: identify(process.pid), command };
  mkdirSync(childrenFolder(), { recursive: true });
  writeFileSync(file, JSON.stringify(record));
  living.add(child);
  return () => {
    living.delete(child);
    rmSync(file, { force: true });
  };
}

/** Ends the commands of runs that no longer exist. */
export async function endOrphans(): Promise<void> {
  mkdirSync(childrenFolder(), { recursive: true });
  for (const name of readdirSync(childrenFolder())) {
    const file = join(childrenFolder(), name);
    const record = readRecord(file);
    if (record !== undefined && isAlive(record.parent)) continue;
    if (record !== undefined) await endGroupOf(record.child);
    rmSync(file, { force: true });
  }
}

async function endGroupOf(leader: ProcessIdentity): Promise<void> {
  killGroup(leader);
  for (let left = 40; left > 0 && isAlive(leader); left--) await sleep(50);
}

function readRecord(file: string): ChildRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ChildRecord;
  } catch {
    return undefined;
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid !== undefined) killGroup(identify(child.pid));
}

/** For the command line: Ctrl-C and a polite kill end the commands in progress too. */
export function endChildrenOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      for (const child of living) endGroup(child);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}
