import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';

type Send = (options: RequestOptions, answered: (answer: IncomingMessage) => void) => ClientRequest;

/** `fetch` over a connection that the global one cannot make. `host` is what the agent is called on it; redirects are not followed. */
export function carriedFetch(
  send: Send,
  connection: object,
  host = 'localhost',
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    return await new Promise<Response>((resolve, reject) => {
      const headers = {
        ...Object.fromEntries(request.headers),
        host,
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
      };
      const sent = send(
        {
          ...connection,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers,
          signal: request.signal,
          agent: false,
        },
        (answer) => {
          const stream = Readable.toWeb(answer) as unknown as NodeStream<Uint8Array>;
          resolve(
            new Response(answer.statusCode === 204 ? null : (stream as unknown as ReadableStream<Uint8Array>), {
              status: answer.statusCode ?? 500,
              headers: answer.headers as Record<string, string>,
            }),
          );
        },
      );
      sent.on('error', reject);
      // Once a Request is collected its signal is never aborted again: nothing but the Request holds what aborts it.
      const held = new Set([request]);
      sent.once('close', () => held.clear());
      sent.end(body);
    });
  };
}
