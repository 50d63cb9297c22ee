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

/** A host of reviews on the loopback address, with what it keeps; it goes with the test. */
export interface ReviewHostServer {
  readonly api: string;
  readonly reviews: Review[];
}

/** Serves JSON over HTTP, as `answer` says. */
export async function hostServer(answer: (asked: Asked) => Told): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '/').split('?');
      const { method = 'GET', headers } = request;
      const body = text === '' ? {} : (JSON.parse(text) as Asked['body']);
      const told = answer({ method, path, query: new URLSearchParams(query), headers, body });
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
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
