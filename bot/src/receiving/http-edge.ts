import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { listenReason } from '@autodevops/domain/listen-reason';
import { isRecord } from '@autodevops/domain/raw-record';
import { NotKept, WrongApp } from './intake.ts';
import type { Answer, Intake } from './intake.ts';
import { flawOfSignature } from './signature.ts';

/** What else is served beside Slack's events: health, metrics, installing. Undefined: no such page. */
export type Page = (request: {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
}) => Promise<Response | undefined>;

export interface HttpEdgeChoice {
  readonly host: string;
  readonly port: number;
  /** Signing secret by the id of the app: the path alone says which one counts. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly intake: Intake;
  readonly bodyBytes: number;
  readonly page: Page;
  /** Milliseconds. */
  readonly now: () => number;
  readonly refused: (why: string, status: number) => void;
}

export interface HttpEdge {
  readonly port: number;
  /** Takes nothing new; what is being answered is answered. */
  readonly stop: () => Promise<void>;
}

class TooLarge extends Error {}

/** Bytes of what is read without being signed. */
const longestCheck = 1000;

async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? '0') > most) throw new TooLarge();
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > most) throw new TooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Events come as JSON, commands as a form, interactions as a form with JSON in it; undefined for anything else. */
function parsed(body: Buffer, type: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = body.toString('utf8');
    const form = type.startsWith('application/x-www-form-urlencoded') ? { ...parseForm(text) } : undefined;
    const value: unknown =
      form === undefined ? JSON.parse(text) : typeof form['payload'] === 'string' ? JSON.parse(form['payload']) : form;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, status: number, body?: Readonly<Record<string, unknown>>): void {
  if (response.headersSent) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response
    .writeHead(status, {
      'content-length': Buffer.byteLength(text),
      ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    })
    .end(text);
}

async function receive(
  choice: HttpEdgeChoice,
  app: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const secret = choice.secrets.get(app);
  const refuse = (why: string, status: number): void => {
    choice.refused(why, status);
    respond(response, status);
  };
  if (secret === undefined) return refuse('it is for an app that is not here', 404);
  const body = await bodyOf(request, choice.bodyBytes);
  const flaw = flawOfSignature(
    { body, timestamp: header(request, 'x-slack-request-timestamp'), signature: header(request, 'x-slack-signature') },
    secret,
    choice.now(),
  );
  const type = request.headers['content-type'] ?? '';
  // Slack's look at the certificate comes unsigned, and is short; nothing is done for it, and nothing longer is read.
  if (flaw !== undefined) {
    return body.length <= longestCheck && parsed(body, type)?.['ssl_check'] === '1'
      ? respond(response, 200)
      : refuse(flaw, 401);
  }
  const value = parsed(body, type);
  if (value === undefined) return refuse('its body cannot be read', 400);
  if (value['ssl_check'] === '1') return respond(response, 200);
  if (value['type'] === 'url_verification') {
    return respond(response, 200, { challenge: String(value['challenge']).slice(0, 500) });
  }
  const answer: Answer = async (given) => respond(response, 200, given);
  await choice.intake.take(value, app, answer);
}

async function servePage(
  choice: HttpEdgeChoice,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const page = await choice.page({ method: request.method ?? '', url, headers: request.headers });
  if (page === undefined) return respond(response, 404);
  response.writeHead(page.status, Object.fromEntries(page.headers)).end(Buffer.from(await page.arrayBuffer()));
}

async function serve(choice: HttpEdgeChoice, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, app] = /^\/slack\/(A[A-Z0-9]{2,20})\/events$/.exec(url.pathname) ?? [];
    if (app !== undefined && request.method === 'POST') return await receive(choice, app, request, response);
    await servePage(choice, url, request, response);
  } catch (error) {
    const status =
      error instanceof TooLarge ? 413 : error instanceof WrongApp ? 403 : error instanceof NotKept ? 503 : 500;
    choice.refused(error instanceof Error ? error.name : 'unknown', status);
    if (error instanceof TooLarge) response.setHeader('connection', 'close');
    respond(response, status);
  }
}

async function listening(server: Server, host: string, port: number): Promise<number> {
  await once(server.listen(port, host), 'listening').catch((error: unknown) => {
    const reason = listenReason(error);
    throw reason === undefined
      ? error
      : new AutoDevOpsError(
          'config.invalid',
          `The bot cannot listen on ${host}, port ${port}: ${reason}.`,
          'Give another host or port under `transport` or `inside` of its configuration, or end what is there.',
          { cause: error },
        );
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * Slack over HTTP. Verified here and not by Bolt's receiver, which takes timestamps of the future, answers events
 * before anything is kept, and parses a body before it looks whether it is an object. Throws when it cannot listen.
 */
export async function startHttpEdge(choice: HttpEdgeChoice): Promise<HttpEdge> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      request.on('error', () => {});
      void serve(choice, request, response);
    },
  );
  const port = await listening(server, choice.host, choice.port);
  // A connection that could not be taken is no reason to end.
  server.on('error', (error) => choice.refused(error.name, 0));
  return {
    port,
    stop: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), 5000);
      await closed;
      clearTimeout(force);
    },
  };
}
