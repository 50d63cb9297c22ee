import type { Status } from './status.ts';

/** Where the body of an answer goes. */
export interface Outlet {
  write(chunk: string | Buffer): void;
  end(): void;
}

/** An answer whose body is known. */
export interface WholeAnswer {
  readonly code: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that goes on: `stream` writes until it ends the outlet; what it gives back is called when the client left. */
export interface StreamAnswer {
  readonly stream: (outlet: Outlet) => () => void;
}

export type Answer = WholeAnswer | StreamAnswer;

export function json(body: unknown, code = 200): WholeAnswer {
  return { code, contentType: 'application/json', body: `${JSON.stringify(body)}\n` };
}

export function plainText(body: string, code = 200): WholeAnswer {
  return { code, contentType: 'text/plain; charset=utf-8', body, headers: { 'X-Content-Type-Options': 'nosniff' } };
}

/** The path is of nobody: not even a Status. */
export function pageNotFound(): WholeAnswer {
  return plainText('404 page not found\n', 404);
}

export function statusAnswer(status: Status): WholeAnswer {
  const seconds = status.details?.['retryAfterSeconds'];
  return {
    ...json(status, status.code),
    headers: typeof seconds === 'number' ? { 'Retry-After': String(seconds) } : {},
  };
}
