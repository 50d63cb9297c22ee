import { request as plain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import type { SlackClock } from '../clock/slack-clock.ts';
import { acknowledgementMilliseconds } from './delivery.ts';
import type { Delivery, Outcome, Retry, RetryReason } from './delivery.ts';
import { signedHeaders } from './signature.ts';

const mostRedirects = 2;

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly location: string | undefined;
  readonly mayRetry: boolean;
}

/** Body and type by which a kind of delivery travels. */
export function encodeDelivery({ kind, payload }: Pick<Delivery, 'kind' | 'payload'>): {
  readonly body: string;
  readonly type: string;
} {
  if (kind === 'event') return { body: JSON.stringify(payload), type: 'application/json' };
  const form: Readonly<Record<string, string>> =
    kind === 'command'
      ? Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
      : { payload: JSON.stringify(payload) };
  return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' };
}

/** Where an app wants a kind of delivery; empty: nowhere. */
export function addressOf({ app, kind, url }: Delivery): string {
  if (app.requestUrl !== undefined) return app.requestUrl;
  const { event_subscriptions: events, interactivity } = app.manifest.settings;
  if (kind === 'event') return events?.request_url ?? '';
  if (kind === 'command') return url ?? '';
  return (kind === 'options' ? interactivity?.message_menu_options_url : interactivity?.request_url) ?? '';
}

/**
 * One attempt over HTTP, signed, with three seconds to answer, at most two redirects. `seconds` is the time that it is
 * signed at, as the app's own clock would have it.
 */
export async function sendByHttp(
  delivery: Delivery,
  clock: SlackClock,
  seconds: number,
  signal: AbortSignal,
  retry?: Retry,
): Promise<Outcome> {
  const { body, type } = encodeDelivery(delivery);
  const headers = {
    'content-type': type,
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    ...signedHeaders(delivery.app.signingSecret, seconds, body),
    ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
  };
  const deadline = new AbortController();
  const cancel = clock.after(acknowledgementMilliseconds, () => deadline.abort());
  try {
    return await follow(addressOf(delivery), headers, body, AbortSignal.any([signal, deadline.signal]));
  } catch (error) {
    return {
      isAcknowledged: false,
      status: 0,
      reason: deadline.signal.aborted ? 'http_timeout' : reasonOf(error),
      mayRetry: !signal.aborted,
    };
  } finally {
    cancel();
  }
}

async function follow(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Outcome> {
  let address = url;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { status, body: text, location, mayRetry } = await post(address, headers, body, signal);
    if (status >= 200 && status < 300) return { isAcknowledged: true, status, answer: readAnswer(text) };
    if (location === undefined) return { isAcknowledged: false, status, reason: 'http_error', mayRetry };
    address = new URL(location, address).href;
  }
  return { isAcknowledged: false, status: 0, reason: 'too_many_redirects', mayRetry: true };
}

function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secure : plain;
    // A connection of its own: one kept alive may be closed by the app in the very moment of its use.
    const request = send(url, { method: 'POST', headers, agent: false, signal }, (response) => {
      readAll(response).then((text) => resolve(answered(response, text)), reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function answered(response: IncomingMessage, body: string): Answered {
  const status = response.statusCode ?? 0;
  return {
    status,
    body,
    location: status >= 300 && status < 400 ? response.headers.location : undefined,
    mayRetry: response.headers['x-slack-no-retry'] !== '1',
  };
}

function readAnswer(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function reasonOf(error: unknown): RetryReason {
  const code = String((error as { readonly code?: unknown } | null)?.code ?? '');
  if (/^(ERR_TLS|CERT_|DEPTH_|UNABLE_TO|ERR_SSL|SELF_SIGNED)/.test(code)) return 'ssl_error';
  return /^(ECONN|ENOTFOUND|EAI_|EPIPE|EHOST|ERR_INVALID_URL)/.test(code) ? 'connection_failed' : 'unknown_error';
}
