import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  readonly method: string;
  /** As it was sent, without the query: an encoded slash stays one. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Told {
  readonly status: number;
  readonly body: unknown;
}

/** A review, as both hosts keep it. */
export interface Review {
  readonly number: number;
  readonly source: string;
  readonly target: string;
  readonly title: string;
  isOpen: boolean;
}

/** A server on the loopback address; it goes with the test. */
export interface HostServer {
  readonly api: string;
  /** Methods that are carried out, and whose answer a proxy before it loses. */
  readonly lost: Set<string>;
}

/** A host of reviews, with what it keeps. */
export interface ReviewHostServer extends HostServer {
  readonly reviews: Review[];
}

/** Serves JSON over HTTP, as `answer` says. */
export async function hostServer(answer: (asked: Asked) => Told): Promise<HostServer> {
  const lost = new Set<string>();
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '/').split('?');
      const { method = 'GET', headers } = request;
      const body = text === '' ? {} : (JSON.parse(text) as Asked['body']);
      const given = answer({ method, path, query: new URLSearchParams(query), headers, body });
      const told = lost.has(method) ? { status: 502, body: { message: 'Bad Gateway' } } : given;
      response.writeHead(told.status, { 'content-type': 'application/json' }).end(JSON.stringify(told.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, lost };
}
