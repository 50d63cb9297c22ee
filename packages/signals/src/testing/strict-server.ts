import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  /** Becomes JSON; a text or bytes stay as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `GET /api/v1/query`, the parameters that it may have, and what is answered. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly parameters: readonly string[];
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}

export interface StrictServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  readonly close: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

async function answerTo(routes: readonly Route[], asked: Asked): Promise<Answer> {
  const route = routes.find(({ method, path }) => method === asked.method && path.test(asked.path));
  if (route === undefined) return { status: 404, body: '404 page not found' };
  const unknown = [...asked.query.keys()].find((name) => !route.parameters.includes(name));
  return unknown === undefined ? await route.answer(asked) : { status: 400, body: `unknown parameter ${unknown}` };
}

/** A server on a free loopback port that knows its routes and their parameters, and refuses everything else. */
export async function strictServer(routes: readonly Route[], tls?: ServerOptions): Promise<StrictServer> {
  const asked: Asked[] = [];
  const listen = (request: IncomingMessage, respond: (answer: Answer) => void): void => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: await bodyOf(request),
      };
      asked.push(one);
      respond(await answerTo(routes, one));
    })();
  };
  const handler: Parameters<typeof createServer>[1] = (request, response) =>
    listen(request, ({ status, body = '', headers = {} }) => {
      const isPlain = typeof body === 'string' || body instanceof Uint8Array;
      response
        .writeHead(status, { 'Content-Type': isPlain ? 'text/plain' : 'application/json', ...headers })
        .end(isPlain ? body : JSON.stringify(body));
    });
  const server = tls === undefined ? createServer(handler) : createSecureServer(tls, handler);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    close: async () =>
      await new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
