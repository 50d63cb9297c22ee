// A process that serves a generated cluster from bytes made beforehand, so that the server costs as little as it can.
// Arguments: the number of pods. Prints its URL on the first line. Ends with its parent's standard input.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { generateCluster, generatedPod, isBroken } from './generated-cluster.ts';

const pods = Number(process.argv[2] ?? '1000');
const cluster = generateCluster(pods);
const pageSizes = [500];

/** Bytes of every page and of every whole list, by `path?limit&continue`. */
const bytes = new Map<string, Buffer>();
for (const { path, kind, apiVersion, items } of cluster.lists) {
  const page = (from: number, to: number): Buffer => {
    const rest = items.length - to;
    const metadata = { resourceVersion: '900000', ...(rest > 0 ? { continue: String(to), remainingItemCount: rest } : {}) };
    return Buffer.from(JSON.stringify({ kind, apiVersion, metadata, items: items.slice(from, to) }));
  };
  bytes.set(`${path}?0&0`, page(0, items.length));
  for (const size of pageSizes) {
    for (let from = 0; from < Math.max(1, items.length); from += size) bytes.set(`${path}?${size}&${from}`, page(from, Math.min(items.length, from + size)));
  }
}

const resources: Record<string, { name: string; kind: string; namespaced: boolean }[]> = {};
for (const { path, kind, apiVersion } of cluster.lists) {
  const name = path.split('/').at(-1) ?? '';
  (resources[apiVersion] ??= []).push({ name, kind: kind.replace(/List$/, ''), namespaced: name !== 'nodes' });
}

function send(response: ServerResponse, body: Buffer | object, status = 200): void {
  const data = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': data.length });
  response.end(data);
}

function discovery(path: string): object | undefined {
  const list = (groupVersion: string): object => ({
    kind: 'APIResourceList', groupVersion,
    resources: (resources[groupVersion] ?? []).map((r) => ({ ...r, singularName: '', verbs: ['get', 'list', 'watch'] })),
  });
  if (path === '/version') return { major: '1', minor: '36', gitVersion: 'v1.36.3' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/api/v1') return list('v1');
  if (path === '/apis/apps/v1') return list('apps/v1');
  if (path === '/apis') {
    const version = { groupVersion: 'apps/v1', version: 'v1' };
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: [{ name: 'apps', versions: [version], preferredVersion: version }] };
  }
  return undefined;
}

/** Streams `events` changes of pods as fast as they are read, then stays open. */
function watch(response: ServerResponse, events: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  let sent = 0;
  const more = (): void => {
    while (sent < events) {
      const index = sent % pods;
      const object = { kind: 'Pod', apiVersion: 'v1', ...generatedPod({ index, broken: isBroken(Math.floor(index / 10)) }, 1_000_000 + sent) };
      sent += 1;
      if (!response.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`)) {
        response.once('drain', more);
        return;
      }
    }
  };
  more();
}

let watchedEvents = 0;

function handle(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const known = discovery(url.pathname);
  if (known !== undefined) return send(response, known);
  if (url.pathname === '/control/events') {
    watchedEvents = Number(url.searchParams.get('count'));
    return send(response, {});
  }
  if (url.searchParams.get('watch') !== null && url.searchParams.get('watch') !== 'false') {
    return watch(response, url.pathname === '/api/v1/pods' ? watchedEvents : 0);
  }
  const limit = url.searchParams.get('limit') ?? '0';
  const found = bytes.get(`${url.pathname}?${limit}&${url.searchParams.get('continue') ?? '0'}`);
  if (found !== undefined) return send(response, found);
  send(response, { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'NotFound', message: 'the server could not find the requested resource', code: 404 }, 404);
}

const server = createServer(handle);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
