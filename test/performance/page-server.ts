// A process that serves a generated cluster from bytes made beforehand, so that the server costs as little as it can.
// Arguments: the number of pods, and of how many Deployments one is broken. Prints its URL on the first line. Ends with its parent's standard input.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { generateCluster, generatedPod, isBroken, usuallyBroken } from './generated-cluster.ts';

const pods = Number(process.argv[2] ?? '1000');
const oneIn = Number(process.argv[3] ?? usuallyBroken);
const cluster = generateCluster(pods, oneIn);

/** A list's items as JSON, one behind the other with commas between: a page of any size is a piece of it. */
interface ItemBytes {
  readonly kind: string;
  readonly apiVersion: string;
  readonly all: Buffer;
  /** Where each item begins; one more than there are items. */
  readonly starts: Float64Array;
}

interface List {
  readonly kind: string;
  readonly apiVersion: string;
  readonly items: readonly object[];
}

function bytesOf({ kind, apiVersion, items }: List): ItemBytes {
  const each = items.map((item) => Buffer.from(`${JSON.stringify(item)},`));
  const starts = new Float64Array(items.length + 1);
  for (const [at, bytes] of each.entries()) starts[at + 1] = (starts[at] ?? 0) + bytes.length;
  return { kind, apiVersion, starts, all: Buffer.concat(each) };
}

const lists = new Map(cluster.lists.map((list) => [list.path, bytesOf(list)]));

/** The list at a path, also one of a namespace's objects only. */
function listAt(path: string): ItemBytes | undefined {
  const [, root, namespace, plural] = /^(.*)\/namespaces\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const whole = cluster.lists.find((list) => list.path === `${root}/${plural}`);
  if (!lists.has(path) && whole !== undefined) {
    lists.set(
      path,
      bytesOf({
        ...whole,
        items: whole.items.filter(
          (item) => (item as { metadata: { namespace?: string } }).metadata.namespace === namespace,
        ),
      }),
    );
  }
  return lists.get(path);
}

const resources: Record<string, { name: string; kind: string; namespaced: boolean }[]> = {};
for (const { path, kind, apiVersion } of cluster.lists) {
  const name = path.split('/').at(-1) ?? '';
  (resources[apiVersion] ??= []).push({
    name,
    kind: kind.replace(/List$/, ''),
    namespaced: name !== 'nodes' && name !== 'namespaces',
  });
}

function send(response: ServerResponse, body: object, status = 200): void {
  const data = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': data.length });
  response.end(data);
}

/** A page as the API server sends it: what it says of itself first, then the items. */
function sendPage(
  response: ServerResponse,
  { kind, apiVersion, all, starts }: ItemBytes,
  page: { readonly from: number; readonly limit: number },
): void {
  const count = starts.length - 1;
  const to = page.limit === 0 ? count : Math.min(count, page.from + page.limit);
  const more = to < count ? { continue: String(to), remainingItemCount: count - to } : {};
  const head = JSON.stringify({ kind, apiVersion, metadata: { resourceVersion: '900000', ...more } }).slice(0, -1);
  const [first = 0, end = 0] = [starts[page.from], starts[to]];
  const items = all.subarray(first, Math.max(first, end - 1));
  const pieces = [Buffer.from(`${head},"items":[`), items, Buffer.from(']}')];
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': pieces.reduce((sum, { length }) => sum + length, 0),
  });
  response.cork();
  for (const piece of pieces) response.write(piece);
  response.end();
}

function discovery(path: string): object | undefined {
  const list = (groupVersion: string): object => ({
    kind: 'APIResourceList',
    groupVersion,
    resources: (resources[groupVersion] ?? []).map((r) => ({
      ...r,
      singularName: '',
      verbs: ['get', 'list', 'watch'],
    })),
  });
  if (path === '/version') return { major: '1', minor: '36', gitVersion: 'v1.36.3' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/api/v1') return list('v1');
  if (path === '/apis/apps/v1') return list('apps/v1');
  if (path === '/apis') {
    const version = { groupVersion: 'apps/v1', version: 'v1' };
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [{ name: 'apps', versions: [version], preferredVersion: version }],
    };
  }
  return undefined;
}

/** What comes over a watch of pods: made beforehand, as the lists are. */
let events: readonly Buffer[] = [];

/** One change of each pod in turn, and again: as when the pods of one workload after another are replaced. */
function changesOf(count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, sent) => {
    const index = sent % pods;
    const object = {
      kind: 'Pod',
      apiVersion: 'v1',
      ...generatedPod({ index, broken: isBroken(Math.floor(index / 10), oneIn) }, 1_000_000 + sent),
    };
    return Buffer.from(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
  });
}

/** Streams the changes as fast as they are read, then stays open. */
function watch(response: ServerResponse, changes: readonly Buffer[]): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  let sent = 0;
  const more = (): void => {
    while (sent < changes.length) {
      const isFull = !response.write(changes[sent] ?? '');
      sent += 1;
      if (isFull) return void response.once('drain', more);
    }
    return undefined;
  };
  more();
}

function handle(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const known = discovery(url.pathname);
  if (known !== undefined) return send(response, known);
  if (url.pathname === '/control/events') {
    events = changesOf(Number(url.searchParams.get('count')));
    return send(response, {});
  }
  if (url.searchParams.get('watch') !== null && url.searchParams.get('watch') !== 'false') {
    return watch(response, url.pathname === '/api/v1/pods' ? events : []);
  }
  const found = listAt(url.pathname);
  if (found !== undefined) {
    return sendPage(response, found, {
      from: Number(url.searchParams.get('continue') ?? 0),
      limit: Number(url.searchParams.get('limit') ?? 0),
    });
  }
  send(
    response,
    {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
      code: 404,
    },
    404,
  );
}

const server = createServer(handle);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
