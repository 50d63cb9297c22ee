import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { World } from '../world.ts';
import { answerResponseUrl } from './answer-response-url.ts';
import { SlackError } from './slack-error.ts';
import { answerApiCall } from './web-api.ts';

export interface HttpServer {
  readonly base: string;
  readonly close: () => Promise<void>;
}

/** Answers what is its own; false: it is another's. */
export type Page = (
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<boolean> | boolean;

/** Listens on loopback: the Web API, addresses of responses, WebSockets, and what else `pages` answer. */
export async function listen(world: () => World, pages: readonly Page[], port = 0): Promise<HttpServer> {
  const server = createServer((request, response) => {
    answer(world(), pages, request, response).catch((error: unknown) => fail(response, error));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/link/') return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (connection) => {
      if (!world().connections.accept(url.searchParams.get('ticket') ?? '', connection)) connection.close(1008);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${taken}`, close: () => closeServer(server, sockets) };
}

async function answer(
  world: World,
  pages: readonly Page[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', world.base());
  const { pathname } = url;
  if (pathname.startsWith('/api/')) return answerApiCall(world, pathname.slice('/api/'.length), request, response);
  if (/^\/(commands|actions)\//.test(pathname)) return answerResponseUrl(world, pathname, request, response);
  for (const page of pages) if (await page(world, request, response, url)) return;
  response.writeHead(404, { 'content-type': 'text/plain' }).end('no such page');
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const isKnown = error instanceof SlackError;
  response.writeHead(isKnown ? 200 : 500, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      ok: false,
      error: isKnown ? error.code : 'fatal_error',
      ...(isKnown ? {} : { detail: String(error) }),
    }),
  );
}

/** For clients to end in peace; whoever takes longer is cut off. */
const goodbyeMilliseconds = 500;

async function sayGoodbye({ clients }: WebSocketServer): Promise<void> {
  const goodbyes = [...clients].map((socket) => {
    socket.close(1001);
    return once(socket, 'close', { signal: AbortSignal.timeout(goodbyeMilliseconds) }).catch(() => socket.terminate());
  });
  await Promise.all(goodbyes);
}

async function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  await sayGoodbye(sockets);
  sockets.close();
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
