import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { plainAccess } from '../kubeconfig/plain-access.ts';

/** What is answered once; statuses from 400 on get a `Status` object when there is no body. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  readonly body?: string;
  /** The server's clock, milliseconds since the epoch; this machine's when absent. */
  readonly date?: number;
}

export interface AnsweringServer {
  readonly access: ClusterAccess;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  readonly close: () => Promise<void>;
}

function bodyOf({ status, body }: ScriptedAnswer): string {
  return (
    body ??
    (status < 400
      ? '{"major":"1","gitVersion":"v1.36.0"}'
      : JSON.stringify({ kind: 'Status', status: 'Failure', message: `injected ${status}`, code: status }))
  );
}

/** A server that answers as the script says, one entry for each request and the last one from then on; ends with the test. */
export async function answering(
  script: readonly ScriptedAnswer[] = [{ status: 200 }],
  tls?: { readonly cert: string; readonly key: string },
): Promise<AnsweringServer> {
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const listener: Parameters<typeof createServer>[1] = (request, response) => {
    requests.push({ path: request.url ?? '', headers: request.headers });
    const answer = script[requests.length - 1] ?? script.at(-1) ?? { status: 200 };
    request.resume();
    if (answer.date !== undefined) response.setHeader('Date', new Date(answer.date).toUTCString());
    response
      .writeHead(answer.status, {
        'Content-Type': 'application/json',
        ...(answer.retryAfter === undefined ? {} : { 'Retry-After': answer.retryAfter }),
      })
      .end(bodyOf(answer));
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer({ ...tls }, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return {
    access: plainAccess('sample', `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`),
    requests,
    close,
  };
}
