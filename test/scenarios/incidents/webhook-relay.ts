import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { socketFetch } from '../../../packages/agentd/src/client/socket-fetch.ts';

/** A notice that Alertmanager posted: when it came, and the incident that the agent made of it. */
interface PostedNotice {
  readonly at: number;
  readonly status: string;
  readonly alertNames: readonly string[];
  readonly incident: string;
}

/** Stands where Alertmanager posts, hands each notice on to an agent's socket as it is, and remembers when it came. */
export interface WebhookRelay {
  readonly url: string;
  /** Oldest first; those that the agent took. */
  readonly notices: readonly PostedNotice[];
  /** The agent's socket. Until then Alertmanager is told to try again. */
  readonly handTo: (socket: string) => void;
  readonly close: () => Promise<void>;
}

interface Notice {
  readonly status: string;
  readonly alerts: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

export async function startWebhookRelay(): Promise<WebhookRelay> {
  const notices: PostedNotice[] = [];
  let socket = '';
  const handOn = async (
    path: string,
    authorization: string,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly text: string }> => {
    const at = Date.now();
    if (socket === '') return { status: 503, text: '' };
    const answer = await socketFetch(socket)(
      new Request(`http://localhost${path}`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/json', authorization },
        signal: AbortSignal.timeout(30_000),
      }),
    );
    const text = await answer.text();
    if (answer.ok) {
      const { status, alerts } = JSON.parse(body.toString()) as Notice;
      notices.push({
        at,
        status,
        alertNames: alerts.map(({ labels }) => labels['alertname'] ?? ''),
        incident: (JSON.parse(text) as { readonly incident?: string }).incident ?? '',
      });
    }
    return { status: answer.status, text };
  };
  const server = createServer((request, response) => {
    buffer(request)
      .then(async (body) => await handOn(request.url ?? '/', request.headers.authorization ?? '', body))
      .then(
        ({ status, text }) => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
        () => response.writeHead(502).end(),
      );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/alerts/alertmanager`,
    notices,
    handTo: (to) => {
      socket = to;
    },
    close: async () =>
      await new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
