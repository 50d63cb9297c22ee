import { request as httpRequest } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { interrupted } from '@autodevops/domain/interruption';
import type { Credentials } from '../kubeconfig/credentials.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { agentFor } from './agent.ts';
import { boundedBody, readAtMost } from './body.ts';
import { createCurrentAccess } from './current-access.ts';
import { deadline } from './deadline.ts';
import { badAnswer, connectionFailure, Late, unanswered } from './failure.ts';
import { createKeptAgent } from './kept-agent.ts';
import { createServerClock } from './server-clock.ts';
import { withoutFieldOwners } from './slim-json.ts';
import { statusFailure } from './status-failure.ts';
import type { Refusal } from './status-failure.ts';

/** In milliseconds. `total` undefined: as long as bytes come (watches). */
export interface Deadlines {
  readonly connect: number;
  readonly header: number;
  readonly idle: number;
  readonly total: number | undefined;
}

/** A request that changes something. It goes over a connection of its own, so that no kept one can have ended meanwhile. */
export interface KubeWrite {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly contentType: string;
  /** Becomes JSON. */
  readonly body: unknown;
  /**
   * Whether a 429 with Retry-After says for certain that nothing was done, so that it may be waited out. Nothing else is
   * sent twice: not after a broken connection, not after a 401, a 503 or a 504.
   */
  readonly waitsForTurn: boolean;
}

export interface KubeRequest {
  /** Begins with a slash; parameters included. */
  readonly path: string;
  readonly accept?: string;
  /** JSON to POST: reviews of access only, which the API server answers and does not keep. */
  readonly post?: unknown;
  /** Once it was sent and no answer came, the error is `cluster.outcome-unknown`, with what broke as its cause. */
  readonly write?: KubeWrite;
  /** Beside those of the access. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Says an answer that is no success in other words than those for readers. */
  readonly explain?: (refusal: Refusal) => AutoDevOpsError;
  readonly signal?: AbortSignal | undefined;
  readonly deadlines?: Partial<Deadlines>;
  /** How often a 429 or 503 may be waited out. */
  readonly patience?: number;
  readonly compressed?: boolean;
  /** Bytes that a whole answer may have; 256 MiB when absent. */
  readonly largest?: number;
  /** Leaves `fieldsV1` of managedFields in a whole answer: who owns which field. Emptied otherwise. */
  readonly fieldOwners?: boolean;
}

export interface KubeAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Ends with an `AutoDevOpsError` when the connection breaks or a wait runs out. Leaving the loop closes the answer. */
  readonly body: AsyncIterable<Buffer>;
}

export interface KubeJson {
  readonly value: unknown;
  readonly bytes: number;
}

/** Talks to one API server. Every method throws `AutoDevOpsError`s only. */
export interface KubeClient {
  readonly access: ClusterAccess;
  /** The server's clock minus this machine's, in milliseconds; 0 while they agree to within seconds. */
  readonly clockOffset: () => number;
  /** Resolves when the header of a success has come. */
  open(request: KubeRequest): Promise<KubeAnswer>;
  /** The whole answer as JSON, and how many bytes it had. */
  read(request: KubeRequest): Promise<KubeJson>;
  /** As `read`, the value alone. */
  json(request: KubeRequest): Promise<unknown>;
  close(): void;
}

const usual: Deadlines = { connect: 8_000, header: 15_000, idle: 15_000, total: 120_000 };
const longestWaitMs = 10_000;
const mebibyte = 1024 * 1024;
const largestBody = 256 * mebibyte;
/** A refusal is one sentence: nobody waits longer for its words. */
const refusalMs = 10_000;

interface Sent {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly credentials: Credentials;
  /** Ends the request; what reads its answer is told why. */
  readonly cut: (why: Error) => void;
  readonly whyCut: () => Error | undefined;
  readonly done: () => void;
}

function retryAfter(response: IncomingMessage): number | undefined {
  const header = response.headers['retry-after'];
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** On the loopback (Kind, `kubectl proxy`) packing costs both sides more than the bytes. */
function isNear({ server, proxy }: ClusterAccess): boolean {
  return proxy === undefined && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(server.hostname);
}

function optionsFor(access: ClusterAccess, wanted: KubeRequest, credentials: Credentials): { path: string; method: string; headers: Record<string, string | readonly string[]> } {
  const prefix = access.server.pathname.replace(/\/$/, '');
  return {
    path: prefix + wanted.path,
    method: wanted.write?.method ?? (wanted.post === undefined ? 'GET' : 'POST'),
    headers: {
      Accept: wanted.accept ?? 'application/json',
      'User-Agent': 'autodevops',
      ...(wanted.compressed === false || isNear(access) ? {} : { 'Accept-Encoding': 'gzip' }),
      ...(wanted.post === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(wanted.write === undefined ? {} : { 'Content-Type': wanted.write.contentType }),
      ...access.headers,
      ...wanted.headers,
      ...(credentials.authorization === undefined ? {} : { Authorization: credentials.authorization }),
    },
  };
}

/** One request, until the header of its answer. */
function send(access: ClusterAccess, wanted: KubeRequest, use: { credentials: Credentials; agent: Agent }): Promise<Sent> {
  const { credentials, agent } = use;
  const deadlines = { ...usual, ...wanted.deadlines };
  const { signal } = wanted;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(interrupted());
    const { headers, ...options } = optionsFor(access, wanted, credentials);
    const make = access.server.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = make({ ...options, headers: headers as Record<string, string>, host: access.server.hostname.replace(/^\[|\]$/g, ''), port: access.server.port || undefined, agent });
    let reason: Error | undefined;
    let sent = false;
    const fail = (why: Error): void => {
      done();
      reject(wanted.write !== undefined && sent ? unanswered(why, access) : why);
    };
    const cut = (why: Error): void => {
      reason ??= why;
      request.destroy(why);
      // A request that has no connection yet (a proxy that does not answer) tells nobody that it was ended.
      if (request.socket === null) fail(reason);
    };
    const late = (name: 'connect' | 'header' | 'total', ms: number): (() => void) => deadline(ms, () => cut(new Late(name, ms)));
    let endPhase = late('connect', deadlines.connect);
    const endWhole = deadlines.total === undefined ? undefined : late('total', deadlines.total);
    const abort = (): void => cut(interrupted());
    signal?.addEventListener('abort', abort, { once: true });
    const done = (): void => {
      endPhase();
      endWhole?.();
      signal?.removeEventListener('abort', abort);
    };
    const connected = (): void => {
      sent = true;
      endPhase();
      endPhase = late('header', deadlines.header);
    };
    request.on('socket', (socket) => {
      const secure = access.server.protocol === 'https:';
      // What a proxy's tunnel gives is connected, but not secured yet.
      if (!socket.connecting && (!secure || access.proxy === undefined || request.reusedSocket)) connected();
      else socket.once(secure ? 'secureConnect' : 'connect', connected);
    });
    request.on('error', (error) => fail(reason ?? error));
    request.on('response', (response) => {
      endPhase();
      resolve({ request, response, credentials, cut, whyCut: () => reason, done });
    });
    const content = wanted.write?.body ?? wanted.post;
    const body = content === undefined ? undefined : JSON.stringify(content);
    // Of a DELETE Node would not say that it has a body.
    if (body !== undefined) request.setHeader('Content-Length', Buffer.byteLength(body));
    request.end(body);
    return undefined;
  });
}

/** Over a connection that serves this one request. */
async function sendAlone(access: ClusterAccess, wanted: KubeRequest, credentials: Credentials): Promise<Sent> {
  const agent = agentFor(access, credentials);
  try {
    const sent = await send(access, wanted, { credentials, agent });
    sent.response.once('close', () => agent.destroy());
    return sent;
  } catch (error) {
    agent.destroy();
    throw error;
  }
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds * (1 + Math.random() * 0.25), undefined, signal === undefined ? {} : { signal }).catch(() => {
    throw interrupted();
  });
}

/** A kept connection may have been closed by the server just when it was used again. */
function wasStale(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** What a plugin gives may take a whole login; the signal ends the waiting for it. */
async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(interrupted());
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function refusal(sent: Sent, wanted: KubeRequest, access: ClusterAccess): Promise<AutoDevOpsError> {
  const endWait = deadline(refusalMs, () => sent.cut(new Late('total', refusalMs)));
  // A refused patch is told with the whole object in it, twice.
  const most = wanted.write === undefined ? 64 * 1024 : 8 * mebibyte;
  const body = await readAtMost(boundedBody(sent, { idleMs: 5_000, access }), most).catch(() => Buffer.alloc(0));
  endWait();
  const { response, credentials } = sent;
  return (wanted.explain ?? statusFailure)({ status: response.statusCode ?? 0, path: wanted.path, body: body.toString('utf8'), retryAfterMs: retryAfter(response), access, credentials });
}

function mayBeRepeated({ response }: Sent, { post, write }: KubeRequest): boolean {
  if (write !== undefined) return response.statusCode === 429 && write.waitsForTurn && retryAfter(response) !== undefined;
  return (response.statusCode === 429 || response.statusCode === 503) && post === undefined;
}

function waitFor(sent: Sent, attempt: number, wanted: KubeRequest): number | undefined {
  if (!mayBeRepeated(sent, wanted) || attempt >= (wanted.patience ?? 3)) return undefined;
  const wait = retryAfter(sent.response) ?? 500 * 2 ** attempt;
  return wait > longestWaitMs ? undefined : wait;
}

/** A client for one cluster. After a 401 the kubeconfig and its plugins are read anew, once per request. */
export function createKubeClient(initial: ClusterAccess): KubeClient {
  const current = createCurrentAccess(initial);
  const kept = createKeptAgent();
  const clock = createServerClock();
  const attempt = async (wanted: KubeRequest, access: ClusterAccess): Promise<Sent> => {
    const credentials = await unlessInterrupted(access.credentials(), wanted.signal);
    if (wanted.write !== undefined) return await sendAlone(access, wanted, credentials);
    try {
      return await send(access, wanted, { credentials, agent: kept.for(access, credentials) });
    } catch (error) {
      if (wanted.post === undefined && wasStale(error)) return await send(access, wanted, { credentials, agent: kept.for(access, credentials) });
      throw error;
    }
  };
  const open = async (wanted: KubeRequest): Promise<KubeAnswer> => {
    let renewed = false;
    try {
      for (let tries = 0; ; tries++) {
        const access = current.get();
        const sent = await attempt(wanted, access);
        clock.hear(sent.response.headers.date);
        const status = sent.response.statusCode ?? 0;
        if (status >= 200 && status < 300) {
          const idleMs = wanted.deadlines?.idle ?? usual.idle;
          const { 'content-type': contentType = '' } = sent.response.headers;
          return { status, contentType, body: boundedBody(sent, { idleMs, access }) };
        }
        const wait = waitFor(sent, tries, wanted);
        const failure = await refusal(sent, wanted, access);
        if (status === 401 && !renewed) {
          renewed = true;
          if (await current.renewed(access) && wanted.write === undefined) continue;
        }
        if (wait === undefined) throw failure;
        await pause(wait, wanted.signal);
      }
    } catch (error) {
      throw connectionFailure(error, current.get());
    }
  };
  const read = async (wanted: KubeRequest): Promise<KubeJson> => {
    const answer = await open(wanted);
    return await readWhole(answer, wanted).catch((error: Error) => { throw wanted.write === undefined ? error : unanswered(error, current.get()); });
  };
  const readWhole = async (answer: KubeAnswer, { largest = largestBody, fieldOwners = false }: KubeRequest): Promise<KubeJson> => {
    const body = await readAtMost(answer.body, largest, () => badAnswer(current.get(), `sends an answer that is larger than ${largest / mebibyte} MiB`));
    try {
      return { value: JSON.parse((fieldOwners ? body : withoutFieldOwners(body)).toString('utf8')) as unknown, bytes: body.length };
    } catch {
      throw badAnswer(current.get(), /html/i.test(answer.contentType) ? 'answers with a web page, not as a Kubernetes API' : 'sends JSON that is damaged');
    }
  };
  return {
    get access() { return current.get(); },
    clockOffset: clock.offset,
    open,
    read,
    json: async (wanted) => (await read(wanted)).value,
    close: kept.close,
  };
}
