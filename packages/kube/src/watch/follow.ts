import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { badAnswer, moreThanCanBeHeld } from '../http/failure.ts';
import type { KubeClient } from '../http/client.ts';
import { statusFailure } from '../http/status-failure.ts';
import type { Credentials } from '../kubeconfig/credentials.ts';
import { Damaged } from '../json/damaged.ts';
import { LineScanner } from '../json/line-scanner.ts';
import type { JsonParser } from '../json/parse-json.ts';
import { asParsedObject } from '../json/parsed-object.ts';
import type { ParsedObject } from '../json/parsed-object.ts';
import { TooMuchHeld } from '../reader/lists/held-memory.ts';
import { listPath } from '../reader/lists/list-source.ts';
import type { ListSource } from '../reader/lists/list-source.ts';
import type { Turns } from '../reader/lists/turns.ts';
import type { WatchTiming } from './watch-timing.ts';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';

export interface FollowOrder {
  readonly client: KubeClient;
  readonly source: ListSource;
  readonly namespace: string | undefined;
  /** Changes after this one are sent. */
  readonly resourceVersion: string;
  readonly seconds: number;
  readonly idleMs: number;
  readonly signal: AbortSignal;
  readonly timing: WatchTiming;
  readonly turns: Turns;
  readonly onOpen: () => void;
  readonly onBytes: () => void;
  readonly onEvent: (type: EventType, parsed: ParsedObject) => void;
  readonly parser: JsonParser;
}

const eventTypes: ReadonlySet<string> = new Set<EventType>(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']);
const nobody: Credentials = {
  kind: 'none',
  authorization: undefined,
  certificate: undefined,
  key: undefined,
  expiresAt: undefined,
};

/** An ERROR event holds the Status that a refused request would have been answered with. */
function refusal({ client, source, namespace }: FollowOrder, object: unknown): AutoDevOpsError {
  const { code, reason } = (object ?? {}) as { code?: unknown; reason?: unknown };
  const stated = typeof code === 'number' && code >= 400 && code < 600 ? code : 500;
  const status = reason === 'Expired' || reason === 'Gone' ? 410 : stated;
  return statusFailure({
    status,
    path: listPath(source, namespace),
    body: JSON.stringify(object ?? {}),
    retryAfterMs: undefined,
    access: client.access,
    credentials: nobody,
  });
}

function take(order: FollowOrder, event: unknown): void {
  const { type, object } = (event ?? {}) as { type?: unknown; object?: unknown };
  if (type === 'ERROR') throw refusal(order, object);
  if (typeof type !== 'string') throw new Damaged('sends an event that is none');
  // Types that a later version may bring are not among the changes that are asked for.
  if (eventTypes.has(type)) order.onEvent(type as EventType, asParsedObject(object));
}

function pathOf({ source, namespace, resourceVersion, seconds }: FollowOrder): string {
  const parameters = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(seconds),
  }).toString();
  return `${listPath(source, namespace)}?${parameters}${source.parameters === '' ? '' : `&${source.parameters}`}`;
}

/** Reads one watch until the server ends it. Throws an `AutoDevOpsError` for every other end. */
export async function follow(order: FollowOrder): Promise<void> {
  const { client, source, namespace, parser, idleMs, signal, timing, turns } = order;
  try {
    const answer = await client.open({
      path: pathOf(order),
      // Each event holds one object: asked for a list of them the API server refuses.
      accept: source.accept.replaceAll('PartialObjectMetadataList', 'PartialObjectMetadata'),
      signal,
      patience: 0,
      compressed: false,
      deadlines: { header: timing.header, idle: idleMs, total: undefined },
    });
    order.onOpen();
    const scanner = new LineScanner((event) => take(order, event), parser);
    for await (const chunk of answer.body) {
      order.onBytes();
      scanner.push(chunk);
      const turn = turns();
      // Waiting for nothing costs as much as a small event.
      if (turn !== undefined) await turn;
    }
    scanner.end();
  } catch (error) {
    if (error instanceof Damaged) throw badAnswer(client.access, error.message);
    if (error instanceof TooMuchHeld) {
      const what = `the watch of ${listPath(source, namespace)} was given up, so what is there now is not known`;
      throw moreThanCanBeHeld(client.access, error.most, what);
    }
    if (error instanceof SyntaxError) throw badAnswer(client.access, 'sends an event that is damaged');
    throw error;
  }
}
