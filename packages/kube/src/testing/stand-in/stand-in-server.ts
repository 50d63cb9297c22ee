import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzip } from 'node:zlib';
import type { ContainerLog } from '@autodevops/domain/snapshot';
import { ApiStatus, notFound } from './api-status.ts';
import { aggregated, stepwise } from './discovery.ts';
import { inject } from './fault.ts';
import type { Faults } from './fault.ts';
import { createObjectStore } from './object-store.ts';
import type { Change, ObjectStore } from './object-store.ts';
import { createPager } from './paging.ts';
import type { Pager } from './paging.ts';
import { podLog } from './pod-log.ts';
import { asRawObject } from './raw-object.ts';
import type { RawObject } from './raw-object.ts';
import { represent, wantsMetadata } from './representation.ts';
import { resourceKey } from './resource.ts';
import type { Resource } from './resource.ts';
import { streamWatch } from './watch-stream.ts';

/** A cluster to be replayed. */
export interface Recording {
  /** As the API sends them, with `apiVersion` and `kind`; what is no object is left out. */
  readonly objects: readonly unknown[];
  readonly logs?: readonly ContainerLog[];
  /** ISO time of the recording: the server's clock (its `Date` header) starts there. Absent: the clock of this machine. */
  readonly now?: string;
  /** `v1.36.3` */
  readonly serverVersion?: string;
}

/** For tests: what goes wrong, where to listen, how often bookmarks are sent. */
export interface StandInTesting {
  readonly faults?: Faults;
  readonly port?: number;
  readonly bookmarkMs?: number;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Answers discovery in the older form only, as API servers before 1.26 do. */
  readonly oldDiscovery?: boolean;
}

export interface StandIn {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** A change that watchers see. */
  readonly apply: (change: Change) => void;
  /** What etcd's compaction does: old versions and continue tokens end. */
  readonly compact: () => void;
  /** Cuts every connection and stops listening. */
  readonly close: () => Promise<void>;
}

interface Context {
  readonly store: ObjectStore;
  readonly pager: Pager;
  readonly recording: Recording;
  readonly testing: StandInTesting;
}

interface Call {
  readonly url: URL;
  readonly parts: readonly string[];
  readonly accept: string;
}

type Answer = { readonly json: unknown; readonly status?: number } | { readonly bytes: Buffer } | 'streamed';

function versionAnswer(recording: Recording): Record<string, string> {
  const gitVersion = recording.serverVersion ?? 'v1.36.0';
  const [, major = '1', minor = '36'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return { major, minor, gitVersion, gitCommit: '', gitTreeState: '', buildDate: '1970-01-01T00:00:00Z', goVersion: '', compiler: 'gc', platform: 'linux/amd64' };
}

/** The resource of `/api/v1/...` or `/apis/GROUP/VERSION/...`, with what follows it. */
function locate(parts: readonly string[], resources: readonly Resource[]): { resource: Resource; namespace: string | undefined; rest: readonly string[] } {
  const group = parts[0] === 'api' ? '' : (parts[1] ?? '');
  const [version = '', ...path] = parts.slice(parts[0] === 'api' ? 1 : 2);
  const scoped = path[0] === 'namespaces' && path.length >= 3 && path[2] !== 'status';
  const [plural = '', ...rest] = scoped ? path.slice(2) : path;
  const key = resourceKey({ group, version, plural });
  const resource = resources.find((one) => resourceKey(one) === key);
  if (resource === undefined || scoped !== (resource.namespaced && (scoped || rest.length > 0))) throw notFound();
  return { resource, namespace: scoped ? path[1] : undefined, rest };
}

function discovery(call: Call, { store, testing }: Context): unknown {
  const { parts, accept } = call;
  const whole = parts.length === 1 && testing.oldDiscovery !== true && /g=apidiscovery\.k8s\.io;v=v2;as=APIGroupDiscoveryList/.test(accept);
  return whole ? aggregated(store.resources, parts[0] === 'api') : stepwise(store.resources, parts);
}

function readResource(call: Call, response: ServerResponse, context: Context): Answer {
  const { store, pager, recording, testing } = context;
  const { resource, namespace, rest } = locate(call.parts, store.resources);
  const { searchParams: parameters } = call.url;
  const partial = wantsMetadata(call.accept);
  const [name, subresource, ...more] = rest;
  if (name === undefined) {
    const list = { resource, namespace, parameters, partial };
    const watch = parameters.get('watch') ?? '';
    if (!['1', 'true'].includes(watch)) return { json: pager.list(list) };
    streamWatch(response, list, { store, bookmarkMs: testing.bookmarkMs ?? 60_000 });
    return 'streamed';
  }
  if (subresource === 'log' && more.length === 0 && resource.kind === 'Pod' && namespace !== undefined) {
    return { bytes: podLog({ namespace, pod: name, parameters, store, resource, logs: recording.logs ?? [] }) };
  }
  const object = subresource === undefined || subresource === 'status' ? store.get(resource, `${namespace ?? ''}/${name}`) : undefined;
  if (object === undefined) throw notFound(subresource === undefined ? `${resource.plural} "${name}" not found` : undefined);
  return { json: represent(object, resource, partial) };
}

/** A recording refuses nothing: every question about permissions is answered yes. */
function review(request: IncomingMessage, call: Call): Answer {
  request.resume();
  if (call.url.pathname !== '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') throw new ApiStatus(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  return { status: 201, json: { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec: {}, status: { allowed: true } } };
}

function answer(request: IncomingMessage, response: ServerResponse, context: Context): Answer {
  const url = new URL(request.url ?? '/', 'http://replay');
  const parts = url.pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
  const call: Call = { url, parts, accept: request.headers.accept ?? '' };
  if (request.method === 'POST') return review(request, call);
  if (request.method !== 'GET') throw new ApiStatus(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  if (url.pathname === '/version') return { json: versionAnswer(context.recording) };
  if (['/livez', '/readyz', '/healthz'].includes(url.pathname)) return { bytes: Buffer.from('ok') };
  if (parts[0] !== 'api' && parts[0] !== 'apis') throw notFound();
  const depth = parts[0] === 'api' ? 2 : 3;
  return parts.length <= depth ? { json: discovery(call, context) } : readResource(call, response, context);
}

/** The original packs answers that are larger than 128 KiB. */
function send(request: IncomingMessage, response: ServerResponse, content: { status: number; type: string; bytes: Buffer }): void {
  const { status, type, bytes } = content;
  if (bytes.length < 128 * 1024 || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
    response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length }).end(bytes);
    return;
  }
  gzip(bytes, { level: 1 }, (_error, packed) => response.writeHead(status, { 'Content-Type': type, 'Content-Encoding': 'gzip' }).end(packed));
}

async function handle(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const fault = context.testing.faults?.take(request);
  if (fault !== undefined && (await inject(fault, response))) return;
  try {
    const result = answer(request, response, context);
    if (result === 'streamed') return;
    if ('bytes' in result) send(request, response, { status: 200, type: 'text/plain', bytes: result.bytes });
    else send(request, response, { status: result.status ?? 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(result.json)) });
  } catch (error) {
    const status = error instanceof ApiStatus ? error : new ApiStatus(400, 'BadRequest', 'the request cannot be understood');
    send(request, response, { status: status.code, type: 'application/json', bytes: Buffer.from(JSON.stringify(status.body())) });
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** The server's clock: a recording's starts at the moment of the recording. */
function clock(now: string | undefined): (response: ServerResponse) => void {
  const offset = now === undefined ? 0 : Date.parse(now) - Date.now();
  return (response) => void response.setHeader('Date', new Date(Date.now() + (Number.isNaN(offset) ? 0 : offset)).toUTCString());
}

/**
 * Serves a recorded cluster as a Kubernetes API on the loopback address, as strictly as the original: list in pages,
 * get, watch, discovery, logs. It changes nothing but by `apply`.
 */
export async function startStandIn(recording: Recording, testing: StandInTesting = {}): Promise<StandIn> {
  const store = createObjectStore(recording.objects.map(asRawObject).filter((object): object is RawObject => object !== undefined));
  const context: Context = { store, pager: createPager(store), recording, testing };
  const setDate = clock(recording.now);
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    setDate(response);
    void handle(request, response, context);
  };
  const server = testing.tls === undefined ? createPlainServer(listener) : createSecureServer({ ...testing.tls }, listener);
  const port = await listen(server, testing.port ?? 0);
  return {
    url: `${testing.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    apply: store.apply,
    compact: () => {
      store.compact();
      context.pager.expire();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
