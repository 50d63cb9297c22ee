import { WebClient } from '@slack/web-api';
import type { Logger, WebAPICallResult } from '@slack/web-api';
import type { Lane } from '@autodevops/domain/ports/bot-store';
import type { CallBudget } from './call-budget.ts';
import { SlackFailure } from './slack-failure.ts';
import { slackFailureOf } from './web-failure.ts';

export interface WebCallsChoice {
  readonly slackApi: string;
  /** Asked before each call, so that a renewed one counts. */
  readonly token: () => Promise<string>;
  /** Of an organisation's installation: the workspace that is meant. */
  readonly team?: string;
  readonly budget: CallBudget;
  readonly logger: Logger;
  readonly observe: (method: string, outcome: string, milliseconds: number) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

type Answered = WebAPICallResult & Readonly<Record<string, unknown>>;

export interface CallPlace {
  readonly lane: Lane;
  readonly channel?: string;
  readonly signal: AbortSignal;
}

/** Calls of Slack's Web API by one installation. Throws `SlackFailure`; never waits for a limit, never tries again. */
export interface WebCalls {
  readonly call: (method: string, args: Readonly<Record<string, unknown>>, place: CallPlace) => Promise<Answered>;
  /** For what Slack's own client does in several calls; `method` is the one that is counted. */
  readonly several: <T>(
    method: string,
    place: CallPlace,
    work: (client: WebClient, token: string) => Promise<T>,
  ) => Promise<T>;
}

/** Milliseconds for one call: people do not wait longer, and a trigger does not live longer. */
const timeouts: Readonly<Record<Lane, number>> = { interactive: 2500, stream: 8000, incident: 10_000 };

async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new SlackFailure('later', 'interrupted');
  let stop: (() => void) | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    // It is on its way, and may be done.
    stop = () => reject(new SlackFailure('uncertain', 'interrupted'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener('abort', stop);
  }
}

/** Each lane has a client of its own, with its own queue and its own patience. */
export function webCalls(choice: WebCallsChoice): WebCalls {
  const clients = new Map<Lane, WebClient>();
  const clientOf = (lane: Lane): WebClient => {
    const made =
      clients.get(lane) ??
      new WebClient(undefined, {
        slackApiUrl: choice.slackApi,
        timeout: timeouts[lane],
        rejectRateLimitedCalls: true,
        retryConfig: { retries: 0 },
        maxRequestConcurrency: 20,
        allowAbsoluteUrls: false,
        logger: choice.logger,
        ...(choice.team === undefined ? {} : { teamId: choice.team }),
      });
    clients.set(lane, made);
    return made;
  };
  const several: WebCalls['several'] = async (method, { lane, channel = '', signal }, work) => {
    const token = await choice.token();
    const pause = choice.budget.take(method, channel, lane);
    if (pause > 0) throw new SlackFailure('later', 'ratelimited', { retryAfter: pause });
    const began = choice.now();
    try {
      const result = await raced(work(clientOf(lane), token), signal);
      choice.observe(method, 'ok', choice.now() - began);
      return result;
    } catch (error) {
      const failure = slackFailureOf(error);
      if (failure.code === 'ratelimited') choice.budget.pause(method, channel, failure.retryAfter ?? 30_000);
      choice.observe(method, failure.kind, choice.now() - began);
      throw failure;
    }
  };
  return {
    several,
    call: async (method, args, place) =>
      await several(
        method,
        place,
        async (client, token) => (await client.apiCall(method, { ...args, token })) as Answered,
      ),
  };
}
