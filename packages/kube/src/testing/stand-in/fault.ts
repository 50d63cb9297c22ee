import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiStatus } from './api-status.ts';

/** What is to go wrong with matching requests. For tests only: nothing in the product makes one. */
export interface Fault {
  /** Part of the path with its parameters, or a pattern. */
  readonly path: string | RegExp;
  /** How many requests it concerns; every one when absent. */
  readonly times?: number;
  readonly status?: number;
  /** The value of a Retry-After header. */
  readonly retryAfter?: string;
  /** Sent instead of a `Status` object. */
  readonly body?: string;
  readonly contentType?: string;
  /** Takes the request and never answers. */
  readonly hang?: boolean;
  /** Cuts the connection after this many bytes of the answer's body. */
  readonly cutAfter?: number;
  /** Sends nothing more after this many bytes, and keeps the connection. */
  readonly stallAfter?: number;
  readonly delayMs?: number;
}

/** Faults in force, and every request that came. */
export interface Faults {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  readonly take: (request: IncomingMessage) => Fault | undefined;
}

export function createFaults(): Faults {
  const held: { fault: Fault; left: number }[] = [];
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  return {
    requests,
    add: (fault) => void held.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    clear: () => void held.splice(0),
    take: (request) => {
      const path = request.url ?? '';
      requests.push({ path, headers: request.headers });
      const found = held.find(({ fault, left }) => left > 0 && (typeof fault.path === 'string' ? path.includes(fault.path) : fault.path.test(path)));
      if (found !== undefined) found.left--;
      return found?.fault;
    },
  };
}

/** Lets at most `most` bytes of the body through, then does `then`. */
function limitBody(response: ServerResponse, most: number, then: () => void): void {
  const raw = { write: response.write.bind(response), end: response.end.bind(response) };
  let left = most;
  const pass = (chunk: unknown): boolean => {
    if (chunk === undefined || chunk === null || typeof chunk === 'function') return left > 0;
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    if (bytes.length < left) {
      left -= bytes.length;
      raw.write(bytes);
      return true;
    }
    if (left > 0) raw.write(bytes.subarray(0, left), then);
    else then();
    left = 0;
    return false;
  };
  response.removeHeader('Content-Length');
  response.write = ((chunk: unknown) => pass(chunk)) as typeof response.write;
  response.end = ((chunk: unknown) => {
    if (pass(chunk)) raw.end();
    return response;
  }) as typeof response.end;
}

/** Does what the fault says. True when the request needs no other answer. */
export async function inject(fault: Fault, response: ServerResponse): Promise<boolean> {
  if (fault.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault.hang === true) return true;
  const { cutAfter, stallAfter } = fault;
  if (cutAfter !== undefined) limitBody(response, cutAfter, () => setImmediate(() => response.socket?.destroy()));
  if (stallAfter !== undefined) limitBody(response, stallAfter, () => {});
  if (fault.status === undefined && fault.body === undefined) return false;
  const status = fault.status ?? 200;
  const reasons: Readonly<Record<number, string>> = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound', 410: 'Expired', 429: 'TooManyRequests', 500: 'InternalError', 503: 'ServiceUnavailable', 504: 'Timeout' };
  const body = fault.body ?? JSON.stringify(new ApiStatus(status, reasons[status] ?? 'Unknown', `injected ${status}`).body());
  const headers = { 'Content-Type': fault.contentType ?? 'application/json', ...(fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter }) };
  response.writeHead(status, headers).end(body);
  return true;
}
