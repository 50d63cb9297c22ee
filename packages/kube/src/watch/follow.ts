import type { AutoDevOpsError } from '@autodevops/domain/errors';
import { badAnswer } from '../http/failure.ts';
import type { KubeClient } from '../http/client.ts';
import { statusFailure } from '../http/status-failure.ts';
import type { Credentials } from '../kubeconfig/credentials.ts';
import { LineScanner } from './line-scanner.ts';
import { Damaged } from './list-scanner.ts';
import type { Turns } from './turns.ts';
import type { WatchTiming } from './watch-timing.ts';

/** An object as the API sent it. */
export interface RawObject {
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface FollowOrder {
  readonly client: KubeClient;
  readonly path: string;
  /** Changes after this one are sent. */
  readonly version: string;
  readonly seconds: number;
  readonly idleMs: number;
  readonly signal: AbortSignal;
  readonly timing: WatchTiming;
  readonly turns: Turns;
  readonly onOpen: () => void;
  readonly onBytes: () => void;
  readonly onEvent: (type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK', raw: RawObject) => void;
}

const nobody: Credentials = { kind: 'none', authorization: undefined, certificate: undefined, key: undefined, expiresAt: undefined };

/** An ERROR event holds the Status that a refused request would have been answered with. */
function refusal({ client, path }: FollowOrder, object: unknown): AutoDevOpsError {
  const { code, reason } = (object ?? {}) as { code?: unknown; reason?: unknown };
  const stated = typeof code === 'number' && code >= 400 && code < 600 ? code : 500;
  const status = reason === 'Expired' || reason === 'Gone' ? 410 : stated;
  return statusFailure({ status, path, body: JSON.stringify(object ?? {}), retryAfterMs: undefined, access: client.access, credentials: nobody });
}

function isObject(value: unknown): value is RawObject {
  const { metadata } = (value ?? {}) as { metadata?: unknown };
  return typeof metadata === 'object' && metadata !== null;
}

function take(order: FollowOrder, line: string): void {
  const event = (JSON.parse(line) ?? {}) as { type?: unknown; object?: unknown };
  const { type, object } = event;
  if (type === 'ERROR') throw refusal(order, object);
  if (typeof type !== 'string' || !isObject(object)) throw new Damaged('sends an event that is none');
  // Types that a later version brings are none of the objects' changes that are asked for.
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK') order.onEvent(type, object);
}

/** Reads one watch until the server ends it. Throws an `AutoDevOpsError` for every other end. */
export async function follow(order: FollowOrder): Promise<void> {
  const { client, path, version, seconds, idleMs, signal, timing, turns } = order;
  const parameters = new URLSearchParams({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: version, timeoutSeconds: String(seconds) });
  try {
    const answer = await client.open({
      path: `${path}?${parameters.toString()}`,
      signal,
      patience: 0,
      compressed: false,
      deadlines: { header: timing.header, idle: idleMs, total: undefined },
    });
    order.onOpen();
    const scanner = new LineScanner((line) => take(order, line));
    for await (const chunk of answer.body) {
      order.onBytes();
      scanner.push(chunk);
      await turns();
    }
    scanner.end();
  } catch (error) {
    if (error instanceof Damaged) throw badAnswer(client.access, error.message);
    if (error instanceof SyntaxError) throw badAnswer(client.access, 'sends an event that is damaged');
    throw error;
  }
}
