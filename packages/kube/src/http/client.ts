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
import { badAnswer, connectionFailure, Late } from './failure.ts';
import { withoutFieldOwners } from './slim-json.ts';
import { statusFailure } from './status-failure.ts';

/** In milliseconds. `total` undefined: as long as bytes come (watches). */
export interface Deadlines {
  readonly connect: number;
  readonly header: number;
  readonly idle: number;
  readonly total: number | undefined;
}

export interface KubeRequest {
  /** Begins with a slash; parameters included. */
  readonly path: string;
  readonly accept?: string;
  /** JSON to POST: reviews of access only, which the API server answers and does not keep. */
  readonly post?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly deadlines?: Partial<Deadlines>;
  /** How often a 429 or 503 may be waited out. */
  readonly patience?: number;
  readonly compressed?: boolean;
}

export interface KubeAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The server's clock, milliseconds since the epoch, to the second. */
  readonly date: number | undefined;
  /** Ends with an `AutoDevOpsError` when the connection breaks or a wait runs out. Leaving the loop closes the answer. */
  readonly body: AsyncIterable<Buffer>;
}

export interface KubeJson {
  readonly value: unknown;
  readonly bytes: number;
  readonly date: number | undefined;
}

/** Talks to one API server. Every method throws `AutoDevOpsError`s only. */
export interface KubeClient {
  readonly access: ClusterAccess;
  /** Resolves when the header of a success has come. */
  open(request: KubeRequest): Promise<KubeAnswer>;
  /** The whole answer as JSON (`fieldsV1` of managedFields emptied), and how many bytes it had. */
  read(request: KubeRequest): Promise<KubeJson>;
  /** As `read`, the value alone. */
  json(request: KubeRequest): Promise<unknown>;
  close(): void;
}

const usual: Deadlines = { connect: 8_000, header: 15_000, idle: 15_000, total: 120_000 };
const longestWaitMs = 10_000;
const largestBody = 256 * 1024 * 1024;

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
    method: wanted.post === undefined ? 'GET' : 'POST',
    headers: {
      Accept: wanted.accept ?? 'application/json',
      'User-Agent': 'autodevops',
      ...(wanted.compressed === false || isNear(access) ? {} : { 'Accept-Encoding': 'gzip' }),
      ...(wanted.post === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...access.headers,
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
    const cut = (why: Error): void => {
      reason ??= why;
      request.destroy(why);
      // A request that has no connection yet (a proxy that does not answer) tells nobody that it was ended.
      if (request.socket !== null) return;
      done();
      reject(reason);
    };
    const late = (name: 'connect' | 'header' | 'total', ms: number): NodeJS.Timeout => setTimeout(() => cut(new Late(name, ms)), ms);
    let phase = late('connect', deadlines.connect);
    const whole = deadlines.total === undefined ? undefined : late('total', deadlines.total);
    const abort = (): void => cut(interrupted());
    signal?.addEventListener('abort', abort, { once: true });
    const done = (): void => {
      clearTimeout(phase);
      clearTimeout(whole);
      signal?.removeEventListener('abort', abort);
    };
    const connected = (): void => {
      clearTimeout(phase);
      phase = late('header', deadlines.header);
    };
    request.on('socket', (socket) => {
      if (!socket.connecting && (access.proxy === undefined || request.reusedSocket)) connected();
      else socket.once(access.server.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    request.on('error', (error) => {
      done();
      reject(reason ?? error);
    });
    request.on('response', (response) => {
      clearTimeout(phase);
      resolve({ request, response, credentials, cut, whyCut: () => reason, done });
    });
    request.end(wanted.post === undefined ? undefined : JSON.stringify(wanted.post));
    return undefined;
  });
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
  const body = await readAtMost(boundedBody(sent, { idleMs: 5_000, access }), 64 * 1024).catch(() => Buffer.alloc(0));
  const { response, credentials } = sent;
  return statusFailure({ status: response.statusCode ?? 0, path: wanted.path, body: body.toString('utf8'), retryAfterMs: retryAfter(response), access, credentials });
}

function waitFor(sent: Sent, attempt: number, wanted: KubeRequest): number | undefined {
  const { statusCode } = sent.response;
  if ((statusCode !== 429 && statusCode !== 503) || wanted.post !== undefined || attempt >= (wanted.patience ?? 3)) return undefined;
  const wait = retryAfter(sent.response) ?? 500 * 2 ** attempt;
  return wait > longestWaitMs ? undefined : wait;
}

/** A client for one cluster. After a 401 the kubeconfig and its plugins are read anew, once per request. */
export function createKubeClient(initial: ClusterAccess): KubeClient {
  let access = initial;
  let agent: { readonly key: string; readonly agent: Agent } | undefined;
  let renewing: Promise<void> | undefined;

  const agentWith = (credentials: Credentials): Agent => {
    const key = `${credentials.certificate ?? ''}${credentials.key ?? ''}`;
    if (agent?.key === key) return agent.agent;
    agent?.agent.destroy();
    agent = { key, agent: agentFor(access, credentials) };
    return agent.agent;
  };
  const renew = async (): Promise<void> => {
    renewing ??= access.renew().then((next) => {
      access = next;
      agent?.agent.destroy();
      agent = undefined;
    }).finally(() => { renewing = undefined; });
    return renewing;
  };
  const attempt = async (wanted: KubeRequest): Promise<Sent> => {
    const credentials = await unlessInterrupted(access.credentials(), wanted.signal);
    let used: Agent;
    try {
      used = agentWith(credentials);
      return await send(access, wanted, { credentials, agent: used });
    } catch (error) {
      if (wanted.post === undefined && wasStale(error)) return await send(access, wanted, { credentials, agent: agentWith(credentials) });
      throw error;
    }
  };
  const open = async (wanted: KubeRequest): Promise<KubeAnswer> => {
    let renewed = false;
    try {
      for (let tries = 0; ; tries++) {
        const sent = await attempt(wanted);
        const status = sent.response.statusCode ?? 0;
        if (status >= 200 && status < 300) {
          const idleMs = wanted.deadlines?.idle ?? usual.idle;
          const { 'content-type': contentType = '', date = '' } = sent.response.headers;
          return { status, contentType, date: Number.isNaN(Date.parse(date)) ? undefined : Date.parse(date), body: boundedBody(sent, { idleMs, access }) };
        }
        const wait = waitFor(sent, tries, wanted);
        const failure = await refusal(sent, wanted, access);
        if (status === 401 && !renewed) {
          renewed = true;
          // What the renewal itself says (no plugin, no file) is less telling than the refusal.
          if (await renew().then(() => true, () => false)) continue;
        }
        if (wait === undefined) throw failure;
        await pause(wait, wanted.signal);
      }
    } catch (error) {
      throw connectionFailure(error, access);
    }
  };
  const read = async (wanted: KubeRequest): Promise<KubeJson> => {
    const answer = await open(wanted);
    const body = await readAtMost(answer.body, largestBody, () => badAnswer(access, 'sends an answer that is larger than 256 MiB'));
    try {
      return { value: JSON.parse(withoutFieldOwners(body).toString('utf8')) as unknown, bytes: body.length, date: answer.date };
    } catch {
      throw badAnswer(access, /html/i.test(answer.contentType) ? 'answers with a web page, not as a Kubernetes API' : 'sends JSON that is damaged');
    }
  };
  return {
    get access() { return access; },
    open,
    read,
    json: async (wanted) => (await read(wanted)).value,
    close: () => { agent?.agent.destroy(); },
  };
}
