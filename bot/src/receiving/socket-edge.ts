import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from '@slack/web-api';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { isRecord } from '@autodevops/domain/raw-record';
import type { SlackFailure } from '../slack/slack-failure.ts';
import { slackFailureOf } from '../slack/web-failure.ts';
import type { Intake } from './intake.ts';

export interface SocketEdgeChoice {
  readonly app: string;
  /** Read anew for each connection. */
  readonly appToken: () => Promise<string>;
  readonly connections: number;
  readonly intake: Intake;
  readonly slackApi: string;
  readonly logger: Logger;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly connected: (count: number) => void;
  readonly refused: (why: string) => void;
}

export interface SocketEdge {
  /** Why no connection stands, by Slack's word; undefined: one does. */
  readonly flaw: () => string | undefined;
  readonly stop: () => Promise<void>;
}

interface SocketEvent {
  readonly body?: unknown;
  readonly ack: (body?: Record<string, unknown>) => Promise<void>;
}

const patience = 15_000;
const longestPause = 30_000;

async function bounded(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it took too long')), milliseconds);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function take(choice: SocketEdgeChoice, { body, ack }: SocketEvent): Promise<void> {
  try {
    if (!isRecord(body)) return await ack();
    await choice.intake.take(body, choice.app, async (answer) => await ack(answer));
  } catch (error) {
    // Not answered: Slack sends it again, by this connection or another.
    choice.refused(error instanceof Error ? error.name : 'unknown');
  }
}

/** One connection from its beginning to its end. Throws when it never stood. */
async function connectOnce(choice: SocketEdgeChoice, stood: () => void, signal: AbortSignal): Promise<void> {
  const client = new SocketModeClient({
    appToken: await choice.appToken(),
    // Its own reconnecting waits five seconds, and a network that is away ends the process.
    autoReconnectEnabled: false,
    clientPingTimeout: 10_000,
    logger: choice.logger,
    clientOptions: { slackApiUrl: choice.slackApi, timeout: 5000, retryConfig: { retries: 0 } },
  });
  let stop = (): void => {};
  const ended = new Promise<void>((resolve) => {
    stop = resolve;
    client.once('disconnected', stop);
    signal.addEventListener('abort', stop, { once: true });
  });
  client.on('slack_event', (event: SocketEvent) => void take(choice, event));
  try {
    await bounded(client.start(), patience);
    stood();
    await ended;
  } finally {
    await bounded(client.disconnect(), 2000).catch(() => {});
    client.removeAllListeners();
    // The signal outlives every connection: it may not keep them all.
    signal.removeEventListener('abort', stop);
  }
}

/** What is told of connections: that one more or less stands, and why one could not. */
interface Watching {
  readonly changed: (by: 1 | -1) => void;
  readonly failed: (failure: SlackFailure) => void;
}

async function keepConnected(
  choice: SocketEdgeChoice,
  { changed, failed }: Watching,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let stands = false;
    try {
      await connectOnce(
        choice,
        () => {
          stands = true;
          failures = 0;
          changed(1);
        },
        signal,
      );
    } catch (error) {
      choice.refused(error instanceof Error ? error.message.slice(0, 200) : 'unknown');
      failed(slackFailureOf(error));
    }
    if (stands) changed(-1);
    else failures += 1;
    // Slack renews connections every few hours: the next one is made at once.
    if (failures > 0 && !signal.aborted) {
      await choice.wait(Math.min(longestPause, 250 * 2 ** failures), signal).catch(() => {});
    }
  }
}

function wrongToken(app: string, failure: SlackFailure): AutoDevOpsError {
  return new AutoDevOpsError(
    'config.invalid',
    `Slack does not take the app-level token of ${app} (${failure.code}).`,
    'Basic Information, App-Level Tokens on api.slack.com/apps has it, or makes a new one. It begins with xapp- and needs the scope connections:write.',
    { cause: failure },
  );
}

/**
 * Socket Mode of one app, over several connections at once. Answers when the first one stands, or after the patience: it
 * goes on trying. Throws `config.invalid` where Slack refuses the token: trying that again changes nothing.
 */
export async function startSocketEdge(choice: SocketEdgeChoice): Promise<SocketEdge> {
  const stopping = new AbortController();
  let open = 0;
  let failure: SlackFailure | undefined;
  const running: Promise<void>[] = [];
  const first = new Promise<void>((resolve) => {
    const changed = (by: 1 | -1): void => {
      open += by;
      choice.connected(open);
      if (open > 0) resolve();
    };
    const failed = (why: SlackFailure): void => {
      failure = why;
      if (why.kind === 'refused') resolve();
    };
    for (let index = 0; index < choice.connections; index += 1) {
      running.push(keepConnected(choice, { changed, failed }, stopping.signal));
    }
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(running);
  };
  await bounded(first, patience).catch(() => {});
  if (open === 0 && failure?.kind === 'refused') {
    await stop();
    throw wrongToken(choice.app, failure);
  }
  return { flaw: () => (open > 0 ? undefined : (failure?.code ?? 'no_answer')), stop };
}
