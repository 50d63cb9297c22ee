import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '@autodevops/domain/interruption';
import type { KubeRequest } from './kube-request.ts';
import type { Sent } from './send.ts';

const longestWaitMs = 10_000;

/** The milliseconds for which the server wants to be left alone; undefined: it does not say. */
export function retryAfter(response: IncomingMessage): number | undefined {
  const header = response.headers['retry-after'];
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function mayBeRepeated({ response }: Sent, { post, write }: KubeRequest): boolean {
  if (write !== undefined) {
    return response.statusCode === 429 && write.waitsForTurn && retryAfter(response) !== undefined;
  }
  return (response.statusCode === 429 || response.statusCode === 503) && post === undefined;
}

/** How long to wait before the request is sent once more; undefined: it is not. `attempt` counts from 0. */
export function waitFor(sent: Sent, attempt: number, wanted: KubeRequest): number | undefined {
  if (!mayBeRepeated(sent, wanted) || attempt >= (wanted.patience ?? 3)) return undefined;
  const wait = retryAfter(sent.response) ?? 500 * 2 ** attempt;
  return wait > longestWaitMs ? undefined : wait;
}

/** A wait, a little longer than asked for: not all who were refused come back at once. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds * (1 + Math.random() * 0.25), undefined, signal === undefined ? {} : { signal }).catch(
    () => {
      throw interrupted();
    },
  );
}

/** A kept connection may have been closed by the server just when it was used again. */
export function wasStale(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
