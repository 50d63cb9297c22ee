import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface FakeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels: Readonly<Record<string, string>>;
  };
}

export interface Asked {
  readonly path: string;
  readonly watch: boolean;
  readonly parameters: URLSearchParams;
  readonly accept: string;
}

/** What is done to a request instead of answering it, or to its answer. */
export interface Trouble {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of a Status. */
  readonly body?: string;
  readonly hang?: boolean;
  /** The connection is cut after so many bytes of the body. */
  readonly cutAfter?: number;
}

interface Change {
  readonly collection: string;
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: FakeObject;
}

interface OpenWatch {
  readonly collection: string;
  readonly bookmarks: boolean;
  readonly write: (text: string) => void;
  readonly end: () => void;
}

function statusText(code: number): string {
  const reasons: Readonly<Record<number, string>> = {
    403: 'Forbidden',
    404: 'NotFound',
    410: 'Expired',
    429: 'TooManyRequests',
    500: 'InternalError',
    503: 'ServiceUnavailable',
  };
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: reasons[code] ?? 'Unknown',
    message: `told to say ${code}`,
    code,
  });
}

/** An API server for tests of watching: lists in pages, watches, forgets, and does what it is told to do wrong. */
export class FakeApi {
  /** Asked for each request. */
  trouble: (asked: Asked) => Trouble | undefined = () => undefined;
  readonly requests: Asked[] = [];
  /** What reviews of access are answered with. */
  mayReadLogs = true;
  readonly #collections = new Map<string, Map<string, FakeObject>>();
  #history: Change[] = [];
  #version = 100;
  #oldest = 0;
  readonly #watches = new Set<OpenWatch>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  asked(watch: boolean): readonly Asked[] {
    return this.requests.filter((one) => one.watch === watch && one.path !== '/version');
  }

  /** Of `collection`, name to version. */
  state(collection: string): ReadonlyMap<string, string> {
    return new Map(
      [...(this.#collections.get(collection)?.values() ?? [])].map(({ metadata }) => [
        metadata.name,
        metadata.resourceVersion,
      ]),
    );
  }

  put(collection: string, name: string, labels: Readonly<Record<string, string>> = {}): void {
    const objects = this.#collections.get(collection) ?? new Map<string, FakeObject>();
    this.#collections.set(collection, objects);
    const before = objects.get(name);
    this.#version += 1;
    const uid = before?.metadata.uid ?? `uid-${name}-${this.#version}`;
    const object: FakeObject = {
      metadata: { name, namespace: 'shop', uid, resourceVersion: String(this.#version), labels },
    };
    objects.set(name, object);
    this.#tell({ collection, version: this.#version, type: before === undefined ? 'ADDED' : 'MODIFIED', object });
  }

  remove(collection: string, name: string): void {
    const object = this.#collections.get(collection)?.get(name);
    if (object === undefined) return;
    this.#collections.get(collection)?.delete(name);
    this.#version += 1;
    this.#tell({
      collection,
      version: this.#version,
      type: 'DELETED',
      object: { metadata: { ...object.metadata, resourceVersion: String(this.#version) } },
    });
  }

  /** What happened so far can no longer be watched from. */
  compact(): void {
    this.#history = [];
    this.#oldest = this.#version;
  }

  /** Something happened elsewhere: versions go on. */
  advance(by: number): void {
    this.#version += by;
  }

  bookmark(): void {
    for (const { bookmarks, write } of this.#watches) {
      if (bookmarks) {
        write(
          `${JSON.stringify({ type: 'BOOKMARK', object: { kind: 'Pod', apiVersion: 'v1', metadata: { resourceVersion: String(this.#version), creationTimestamp: null } } })}\n`,
        );
      }
    }
  }

  /** Text over every open watch. */
  say(text: string): void {
    for (const { write } of this.#watches) write(text);
  }

  endWatches(): void {
    for (const { end } of this.#watches) end();
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => {
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      if (server === undefined) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
      return undefined;
    });
  }

  #tell(change: Change): void {
    this.#history.push(change);
    for (const watch of this.#watches) if (watch.collection === change.collection) watch.write(lineOf(change));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    // Only reviews of access are posted.
    if (request.method === 'POST') {
      return void request
        .resume()
        .on('end', () => response.end(JSON.stringify({ status: { allowed: this.mayReadLogs } })));
    }
    const url = new URL(request.url ?? '/', 'http://fake');
    const asked: Asked = {
      path: url.pathname,
      watch: url.searchParams.get('watch') === 'true',
      parameters: url.searchParams,
      accept: request.headers.accept ?? '',
    };
    this.requests.push(asked);
    const trouble = this.trouble(asked) ?? {};
    if (trouble.hang === true) return;
    if (trouble.status !== undefined || trouble.body !== undefined) {
      const status = trouble.status ?? 200;
      response
        .writeHead(status, { 'Content-Type': 'application/json', ...trouble.headers })
        .end(trouble.body ?? statusText(status));
    } else if (asked.path === '/version') response.end(JSON.stringify({ gitVersion: 'v1.36.0' }));
    else if (asked.watch) this.#watch(asked, response, trouble.cutAfter);
    else this.#list(asked, response, trouble.cutAfter);
    return undefined;
  }

  #list({ path, parameters }: Asked, response: ServerResponse, cutAfter: number | undefined): void {
    const limit = Number(parameters.get('limit') ?? 0) || Number.POSITIVE_INFINITY;
    const [version = '', from = '0'] = (parameters.get('continue') ?? '').split('.');
    if (version !== '' && Number(version) < this.#oldest) return void response.writeHead(410).end(statusText(410));
    const all = [...(this.#collections.get(path)?.values() ?? [])];
    const to = Number(from) + limit;
    const listed = version === '' ? String(this.#version) : version;
    const metadata = { resourceVersion: listed, ...(to < all.length ? { continue: `${listed}.${to}` } : {}) };
    const text = JSON.stringify({ kind: 'List', apiVersion: 'v1', metadata, items: all.slice(Number(from), to) });
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    if (cutAfter === undefined || cutAfter >= text.length) return void response.end(text);
    response.write(text.slice(0, cutAfter), () => response.socket?.destroy());
    return undefined;
  }

  #watch({ path, parameters }: Asked, response: ServerResponse, cutAfter = Number.POSITIVE_INFINITY): void {
    const from = Number(parameters.get('resourceVersion'));
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    if (from < this.#oldest) {
      return void response.end(`${JSON.stringify({ type: 'ERROR', object: JSON.parse(statusText(410)) as object })}\n`);
    }
    let left = cutAfter;
    const write = (text: string): void => {
      if (left <= 0) return;
      const bytes = Buffer.from(text);
      // Also where the cut falls between two events: a watch that stays open and says nothing would be another fault.
      if (bytes.length < left) response.write(bytes);
      else response.write(bytes.subarray(0, left), () => response.socket?.destroy());
      left -= bytes.length;
    };
    const watch: OpenWatch = {
      collection: path,
      bookmarks: parameters.get('allowWatchBookmarks') === 'true',
      write,
      end: () => response.end(),
    };
    for (const change of this.#history) if (change.collection === path && change.version > from) write(lineOf(change));
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
    return undefined;
  }
}

function lineOf({ type, object }: Change): string {
  return `${JSON.stringify({ type, object: { kind: 'Pod', apiVersion: 'v1', ...object } })}\n`;
}

/** Listens until the test ends. */
export async function fakeApi(): Promise<FakeApi> {
  const api = new FakeApi();
  await api.start();
  onTestFinished(() => api.stop());
  return api;
}
