import type { Outlet, StreamAnswer } from '../serving/answer.ts';
import { storageKey } from '../object-store.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ChangeType, RawObject } from '../recording.ts';
import { representBookmark, representObject } from '../resources/represent.ts';
import type { Representation } from '../resources/represent.ts';
import type { Selection } from '../selecting/selection.ts';
import { tooOldToWatch } from '../serving/status.ts';
import type { StoredChange } from './watch-window.ts';

export interface WatchRequest {
  readonly as: Representation;
  readonly namespace: string | undefined;
  readonly selection: Selection;
  /** Changes after this version; undefined begins with the objects that exist. */
  readonly from: number | undefined;
  readonly bookmarks: boolean;
  readonly timeoutMs: number;
  readonly bookmarkIntervalMs: number;
}

/** How long before the end of a watch the last bookmark comes. */
const lastBookmarkMs = 2000;

type EventType = ChangeType | 'BOOKMARK' | 'ERROR';

function line(type: EventType, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

interface Event {
  readonly type: ChangeType;
  readonly object: RawObject;
}

/** What a change is to a watcher that sees a part of the objects only: one that no longer matches is gone for it. */
function eventOf({ type, object, before }: StoredChange, seen: (object: RawObject) => boolean): Event | undefined {
  const seenBefore = before !== undefined && seen(before);
  if (type !== 'DELETED' && seen(object)) return { type: seenBefore ? 'MODIFIED' : 'ADDED', object };
  if (!seenBefore) return undefined;
  const { resourceVersion } = object.metadata;
  // As the watcher knew it, with the version at which it went.
  const known =
    type === 'DELETED'
      ? object
      : { ...before, metadata: { ...before.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) } };
  return { type: 'DELETED', object: known };
}

function begin(store: ObjectStore, request: WatchRequest, outlet: Outlet): () => void {
  const { as, namespace, selection } = request;
  const resource = storageKey(as.resource);
  const seen = (object: RawObject): boolean =>
    (namespace === undefined || object.metadata.namespace === namespace) && selection.matches(object);
  const bookmark = (endOfInitial: boolean): void =>
    outlet.write(
      line('BOOKMARK', representBookmark(String(Math.max(store.version, request.from ?? 0)), as, endOfInitial)),
    );
  const tell = (change: StoredChange): void => {
    const event =
      change.resource === resource && change.version > (request.from ?? 0) ? eventOf(change, seen) : undefined;
    if (event !== undefined) outlet.write(line(event.type, representObject(event.object, as)));
  };

  if (request.from === undefined) {
    for (const [, object] of store.list(as.resource, namespace)) {
      if (seen(object)) outlet.write(line('ADDED', representObject(object, as)));
    }
    if (request.bookmarks) bookmark(true);
  } else for (const change of store.window.since(request.from) ?? []) tell(change);
  const unsubscribe = store.subscribe(tell);
  const ticking = request.bookmarks ? setInterval(bookmark, request.bookmarkIntervalMs, false) : undefined;
  // The API server says shortly before the end where the next watch may start.
  const last =
    request.bookmarks && request.timeoutMs > lastBookmarkMs
      ? setTimeout(bookmark, request.timeoutMs - lastBookmarkMs, false)
      : undefined;
  const stop = (): void => {
    unsubscribe();
    clearInterval(ticking);
    clearTimeout(last);
    clearTimeout(ending);
  };
  const ending = setTimeout(() => {
    stop();
    outlet.end();
  }, request.timeoutMs);
  return stop;
}

/** One JSON document per line for every change, until the time is over. A start that is too old is said in the stream. */
export function watchStream(store: ObjectStore, request: WatchRequest): StreamAnswer {
  const { from } = request;
  return {
    stream: (outlet) => {
      if (from === undefined || from >= store.window.oldest) return begin(store, request, outlet);
      outlet.write(line('ERROR', tooOldToWatch(from, store.window.oldest)));
      outlet.end();
      return () => undefined;
    },
  };
}
