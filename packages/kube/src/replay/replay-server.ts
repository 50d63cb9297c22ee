// The replay server stands here, with everything it needs in this folder: fields, selectors, pages, watches, logs,
// discovery, access reviews and injected faults. `Recording` is in recording.ts, `Fault` in fault.ts.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { accessReview, allowReading, reviewResources, rulesReview } from './access-review.ts';
import type { Allow } from './access-review.ts';
import type { Answer } from './answer.ts';
import { plainText, statusAnswer } from './answer.ts';
import { documentAnswer } from './documents.ts';
import { faultAnswer } from './fault.ts';
import type { Fault, FaultRequest } from './fault.ts';
import { ListPages } from './list-pages.ts';
import { newestStamp } from './log-text.ts';
import { ObjectStore } from './object-store.ts';
import { flagOf } from './query.ts';
import type { Change, Recording } from './recording.ts';
import { replayKubeconfig } from './replay-kubeconfig.ts';
import { readRequestBody } from './request-body.ts';
import { resourceAnswer } from './resource-answer.ts';
import type { ReplayState } from './resource-answer.ts';
import { parseResourceRoute, segmentsOf } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import { failure, methodNotAllowed, StatusError, unsupportedMediaType } from './status.ts';

export type { Fault, FaultRequest } from './fault.ts';
export type { Change, RecordedLog, Recording } from './recording.ts';

export interface ReplayOptions {
  /** The name of the kubeconfig's context; `sample` when absent. */
  readonly name?: string;
  /** Rights: what is not allowed is answered with 403. Everything may be read when absent. */
  readonly allow?: Allow;
  /** Who the messages of a 403 say the client is. */
  readonly user?: string;
  /** What goes wrong with a request; asked once for each. */
  readonly fault?: (request: FaultRequest) => Fault | undefined;
  /** Milliseconds between bookmarks; a minute when absent. */
  readonly bookmarkIntervalMs?: number;
  /** How long a watch without `timeoutSeconds` lasts, in milliseconds; half an hour when absent. */
  readonly watchTimeoutMs?: number;
  /** How many changes are held for watches that start in the past; 1000 when absent. */
  readonly watchWindow?: number;
  /** How long a list can be continued, in milliseconds; five minutes when absent. */
  readonly continueMs?: number;
  /** False: discovery in the old form only. */
  readonly aggregatedDiscovery?: boolean;
  /** "Now" for `sinceSeconds` of logs, in milliseconds since the epoch; the newest line of the recording when absent. */
  readonly now?: () => number;
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

interface Replay {
  readonly state: ReplayState;
  readonly options: ReplayOptions;
  readonly serverVersion: string;
}

interface Asked {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly method: string;
  readonly request: IncomingMessage;
}

async function reviewAnswer({ state, options }: Replay, plural: string, { method, request }: Asked): Promise<Answer> {
  if (method !== 'POST') throw methodNotAllowed();
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? 'application/json')) throw unsupportedMediaType();
  const body = await readRequestBody(request);
  const allow = options.allow ?? allowReading;
  return plural === 'selfsubjectaccessreviews' ? accessReview(body, allow) : rulesReview(body, allow, state.store.catalog.all);
}

async function answerOf(replay: Replay, asked: Asked): Promise<Answer> {
  const { segments, query, method, request } = asked;
  const { accept, host = '' } = request.headers;
  const route = parseResourceRoute(segments);
  if (route === undefined) {
    if (method !== 'GET') throw methodNotAllowed();
    const { options, serverVersion, state } = replay;
    return documentAnswer({ segments, accept, resources: state.store.catalog.all, address: host, serverVersion, aggregated: options.aggregatedDiscovery !== false });
  }
  const review = reviewResources.find((item) => item.group === route.group && item.plural === route.plural && item.versions.includes(route.version));
  return review === undefined ? resourceAnswer(replay.state, { route, method, query, accept }) : reviewAnswer(replay, review.plural, asked);
}

function answerOfError(error: unknown): Answer {
  if (error instanceof StatusError) return statusAnswer(error.status);
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  return statusAnswer(failure({ code: 500, message, reason: 'InternalError' }));
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

async function serve(replay: Replay, { request, response, index }: Exchange): Promise<void> {
  // Writing to a client that has left is no failure of the server.
  response.on('error', () => undefined);
  const { pathname, searchParams: query } = new URL(`http://replay${request.url ?? '/'}`);
  const method = request.method ?? 'GET';
  const isWatch = flagOf(query, 'watch');
  const fault = replay.options.fault?.({ method, path: pathname, query, headers: request.headers, isWatch, index });
  if (fault?.kind === 'hang') return;
  const instead = isOurs(request) ? fault && faultAnswer(fault, isWatch) : plainText('unknown host\n', 403);
  const asked = (): Asked => ({ segments: segmentsOf(pathname), query, method, request });
  const answer = instead ?? (await Promise.resolve().then(() => answerOf(replay, asked())).catch(answerOfError));
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
 * Serves a recorded cluster as a Kubernetes API on the loopback address, at a free port, for reading: get, list, watch,
 * logs, discovery and reviews of one's own rights. Throws a TypeError when a recorded object is no API object.
 */
export async function startReplayServer(recording: Recording, options: ReplayOptions = {}): Promise<ReplayServer> {
  const store = new ObjectStore(recording.objects, options.watchWindow ?? 1000);
  const recordedEnd = newestStamp(recording.logs.map((log) => log.text));
  const state: ReplayState = {
    store,
    pages: new ListPages(store, options.continueMs ?? 300_000),
    logs: recording.logs,
    allow: options.allow ?? allowReading,
    user: options.user ?? 'system:serviceaccount:default:replay',
    bookmarkIntervalMs: options.bookmarkIntervalMs ?? 60_000,
    watchTimeoutMs: options.watchTimeoutMs ?? 1_800_000,
    now: options.now ?? (() => recordedEnd ?? Date.now()),
  };
  const replay: Replay = { state, options, serverVersion: recording.serverVersion ?? '' };
  let index = 0;
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    serve(replay, { request, response, index: index++ }).catch(() => response.destroy());
  });
  const url = await listen(server);
  return { url, kubeconfig: replayKubeconfig(options.name ?? 'sample', url), apply: (change) => store.apply(change), close: () => close(server) };
}
