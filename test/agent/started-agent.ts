import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentClient } from '../../packages/agentd/src/client/agent-client.ts';
import type { AgentClient } from '../../packages/agentd/src/client/agent-client.ts';
import { socketFetch } from '../../packages/agentd/src/client/socket-fetch.ts';
import type { AgentBundle } from './agent-bundle.ts';
import type { AgentBirth, FirstLine } from './agent-process.ts';

/** An agent's process that a test started, and ends. */
export interface StartedAgent {
  /** Resolves with its first line; rejects when it ended without one. */
  readonly firstLine: Promise<FirstLine>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves when the process is gone: with its code, or undefined when a signal ended it. */
  readonly gone: Promise<number | undefined>;
  readonly isGone: () => boolean;
  readonly errors: () => string;
}

function firstLineOf(child: ChildProcess, errors: () => string): Promise<FirstLine> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as FirstLine);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`it ended before it answered:\n${errors()}`)));
  });
}

/** Room for what is made while it starts: less of its short life goes into collecting that. */
const flags = ['--min-semi-space-size=16', '--max-semi-space-size=32'];

/** Starts a program that takes what it is started from as one argument, and says in one line where it answers. `through`: another program that starts it. */
export function startProgram(
  { program, compiled }: AgentBundle,
  birth: object,
  through: readonly string[] = [],
): StartedAgent {
  const [command = process.execPath, ...words] = [
    ...through,
    process.execPath,
    ...flags,
    program,
    JSON.stringify(birth),
  ];
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  const firstLine = firstLineOf(child, () => said);
  // Of one that is killed before it answers nobody wants to know why.
  firstLine.catch(() => undefined);
  const gone = once(child, 'exit').then(([code]: unknown[]) => (code as number | null) ?? undefined);
  return {
    firstLine,
    gone,
    isGone: () => child.exitCode !== null || child.signalCode !== null,
    signal: (name) => void child.kill(name),
    errors: () => said,
  };
}

export function startAgentProcess(
  bundle: AgentBundle,
  birth: AgentBirth,
  through: readonly string[] = [],
): StartedAgent {
  return startProgram(bundle, birth, through);
}

/** Throws what it said where it does not answer. */
export async function answering(agent: StartedAgent): Promise<void> {
  const line = await agent.firstLine;
  if ('code' in line) throw new Error(`${line.code}: ${line.says}`);
}

let keys = 0;

export function clientOf(socket: string): AgentClient {
  return agentClient({
    address: 'http://localhost',
    fetch: socketFetch(socket),
    token: async () => undefined,
    newKey: () => `test-${process.pid}-${++keys}`,
    wait: async (milliseconds) => {
      await sleep(milliseconds);
    },
  });
}

/** For one call of a test, on a machine that may be very busy. */
export const patiently = {
  get signal(): AbortSignal {
    return AbortSignal.timeout(60_000);
  },
};
