import { request as httpRequest } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { interrupted } from '@autodevops/domain/interruption';
import type { Credentials } from '../kubeconfig/credentials.ts';
import type { ClusterAccess } from '../kubeconfig/kubeconfig.ts';
import { agentFor } from './agent.ts';
import { deadline } from './deadline.ts';
import { Late, unanswered } from './failure.ts';
import { headerText } from './header-text.ts';
import type { Deadlines, KubeRequest } from './kube-request.ts';
import { hostOf } from './proxy/proxy-address.ts';

/** How long a request may take that says nothing of it. */
export const usualDeadlines: Deadlines = { connect: 8_000, header: 15_000, idle: 15_000, total: 120_000 };

/** A request whose header has been answered. */
export interface Sent {
  readonly request: ClientRequest;
  readonly response: IncomingMessage;
  readonly credentials: Credentials;
  /** Ends the request; what reads its answer is told why. */
  readonly cut: (why: Error) => void;
  readonly whyCut: () => Error | undefined;
  readonly done: () => void;
}

/** On the loopback (Kind, `kubectl proxy`) packing costs both sides more than the bytes. */
function isNear({ server, proxy }: ClusterAccess): boolean {
  return proxy === undefined && /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(server.hostname);
}

type Headers = Readonly<Record<string, string | readonly string[]>>;

function asSent(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? headerText(value) : value.map(headerText),
    ]),
  );
}

function optionsFor(
  access: ClusterAccess,
  wanted: KubeRequest,
  credentials: Credentials,
): { path: string; method: string; headers: Headers } {
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
      ...asSent(access.headers),
      ...asSent(wanted.headers ?? {}),
      ...(credentials.authorization === undefined ? {} : { Authorization: credentials.authorization }),
    },
  };
}

/** One request, until the header of its answer. */
export function send(
  access: ClusterAccess,
  wanted: KubeRequest,
  use: { credentials: Credentials; agent: Agent },
): Promise<Sent> {
  const { credentials, agent } = use;
  const deadlines = { ...usualDeadlines, ...wanted.deadlines };
  const { signal } = wanted;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(interrupted());
    const { headers, ...options } = optionsFor(access, wanted, credentials);
    const make = access.server.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = make({
      ...options,
      headers: headers as Record<string, string>,
      host: hostOf(access.server),
      port: access.server.port || undefined,
      agent,
    });
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
    const late = (name: 'connect' | 'header' | 'total', ms: number): (() => void) =>
      deadline(ms, () => cut(new Late(name, ms)));
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
export async function sendAlone(access: ClusterAccess, wanted: KubeRequest, credentials: Credentials): Promise<Sent> {
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
