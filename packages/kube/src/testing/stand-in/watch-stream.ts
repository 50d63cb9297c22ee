import type { ServerResponse } from 'node:http';
import { ApiStatus } from './api-status.ts';
import type { ObjectStore, StoredEvent } from './object-store.ts';
import type { ListCall } from './paging.ts';
import type { RawObject } from './raw-object.ts';
import { represent } from './representation.ts';
import { groupVersion, resourceKey } from './resource.ts';
import { matcherFor } from './selector.ts';

interface WatchSetting {
  readonly store: ObjectStore;
  readonly bookmarkMs: number;
}

function bookmark(call: ListCall, version: number): Record<string, unknown> {
  const { resource } = call;
  return { type: 'BOOKMARK', object: { kind: resource.kind, apiVersion: groupVersion(resource), metadata: { resourceVersion: String(version), creationTimestamp: null } } };
}

/** What a client with a selector sees of a change: objects come into view and go out of it. */
function seenAs(event: StoredEvent, matches: (object: RawObject) => boolean): StoredEvent['type'] | undefined {
  const before = event.before !== undefined && matches(event.before);
  const now = event.type !== 'DELETED' && matches(event.object);
  if (now) return before ? 'MODIFIED' : 'ADDED';
  return before ? 'DELETED' : undefined;
}

/** Streams changes until the client leaves or `timeoutSeconds` is over. Begins as the original does, 410 included. */
export function streamWatch(response: ServerResponse, call: ListCall, { store, bookmarkMs }: WatchSetting): void {
  const { resource, namespace, parameters, partial } = call;
  const selected = matcherFor(parameters, resource);
  const matches = (object: RawObject): boolean => (namespace === undefined || object.metadata.namespace === namespace) && selected(object);
  const from = parameters.get('resourceVersion') ?? '';
  const write = (event: Record<string, unknown>): void => void response.write(`${JSON.stringify(event)}\n`);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });
  const show = (event: StoredEvent): void => {
    if (resourceKey(event.resource) !== resourceKey(resource)) return;
    const type = seenAs(event, matches);
    if (type !== undefined) write({ type, object: represent(event.object, resource, partial) });
  };
  if (from === '' || from === '0') {
    for (const object of store.list(resource)) if (matches(object)) write({ type: 'ADDED', object: represent(object, resource, partial) });
  } else {
    const missed = store.since(Number(from));
    if (missed === undefined) {
      response.end(`${JSON.stringify({ type: 'ERROR', object: new ApiStatus(410, 'Expired', `too old resource version: ${from} (${store.version()})`).body() })}\n`);
      return;
    }
    missed.forEach(show);
  }
  response.flushHeaders();
  const off = store.onEvent(show);
  const marks = parameters.get('allowWatchBookmarks') === 'true' ? setInterval(() => write(bookmark(call, store.version())), bookmarkMs) : undefined;
  const seconds = Number(parameters.get('timeoutSeconds') ?? 0) || 1800;
  const end = setTimeout(() => {
    if (marks !== undefined) write(bookmark(call, store.version()));
    response.end();
  }, seconds * 1000);
  response.on('close', () => {
    off();
    clearInterval(marks);
    clearTimeout(end);
  });
}
