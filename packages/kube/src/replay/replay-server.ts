// The replay server stands here, with everything it needs in this folder: fields, selectors, pages, watches, logs,
// discovery, access reviews, writes and injected faults. `Recording` is in recording.ts, `Fault` in fault.ts.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { plainText } from './serving/answer.ts';
import { faultAnswer } from './serving/fault.ts';
import type { Fault, FaultRequest } from './serving/fault.ts';
import { flagOf } from './serving/query.ts';
import type { Change, Recording } from './recording.ts';
import { replayKubeconfig } from './replay-kubeconfig.ts';
import { replayOf } from './replay.ts';
import type { Replay, ReplayBehaviour } from './replay.ts';
import { readRequestBody } from './serving/request-body.ts';
import { sendAnswer } from './serving/send-answer.ts';

export type { Fault, FaultRequest } from './serving/fault.ts';
export type { Change, RecordedLog, Recording } from './recording.ts';

export interface ReplayOptions extends ReplayBehaviour {
  /** The name of the kubeconfig's context; `sample` when absent. */
  readonly name?: string;
  /** What goes wrong with a request; asked once for each. */
  readonly fault?: (request: FaultRequest) => Fault | undefined;
}

export interface ReplayServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The text of a kubeconfig that leads here. */
  readonly kubeconfig: string;
  /** Changes the cluster: gives the object the next version and tells watchers. */
  apply(change: Change): void;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

/** Pages of other sites reach the loopback address under names of their own; they are not to read the recording. */
function isOurs(request: IncomingMessage): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '');
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** How many requests came before. */
  readonly index: number;
}

interface Serving {
  readonly replay: Replay;
  readonly fault: ReplayOptions['fault'];
}

async function serve(serving: Serving, { request, response, index }: Exchange): Promise<void> {
  // Writing to a client that has left is no failure of the server.
  response.on('error', () => undefined);
  const { pathname: path, searchParams: query } = new URL(`http://replay${request.url ?? '/'}`);
  const { method = 'GET', headers } = request;
  const isWatch = flagOf(query, 'watch');
  const fault = serving.fault?.({ method, path, query, headers, isWatch, index });
  if (fault?.kind === 'hang') return;
  const instead = isOurs(request) ? fault && faultAnswer(fault, isWatch) : plainText('unknown host\n', 403);
  const answer =
    instead ?? (await serving.replay.answer({ method, path, query, headers, body: () => readRequestBody(request) }));
  await sendAnswer(answer, { request, response, fault });
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/**
 * Serves a recorded cluster as a Kubernetes API on the loopback address, at a free port: get, list, watch, logs, discovery
 * and reviews of one's own rights; where it is writable, changes too. Throws a TypeError when a recorded object is no API
 * object.
 */
export async function startReplayServer(recording: Recording, options: ReplayOptions = {}): Promise<ReplayServer> {
  const replay = replayOf(recording, options);
  let index = 0;
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    serve({ replay, fault: options.fault }, { request, response, index: index++ }).catch(() => response.destroy());
  });
  const url = await listen(server);
  return {
    url,
    kubeconfig: replayKubeconfig(options.name ?? 'sample', url),
    apply: (change) => void replay.store.apply(change),
    close: () => close(server),
  };
}
