import type { Answer } from './answer.ts';
import { json, statusAnswer } from './answer.ts';
import { failure } from './status.ts';

/** A request as the one who injects faults sees it. */
export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly isWatch: boolean;
  /** How many requests came before it. */
  readonly index: number;
}

/** What goes wrong with one request. */
export type Fault =
  /** A Status with this code. */
  | { readonly kind: 'status'; readonly code: number; readonly retryAfterSeconds?: number; readonly message?: string }
  /** Never answered; the connection stays open. */
  | { readonly kind: 'hang' }
  /** The connection is closed after so many bytes of the body, or at its end; 0: before anything is answered. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The right answer with its JSON broken in the middle; of a watch, every line. */
  | { readonly kind: 'malformed' }
  /** The right answer at this pace. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** 410 Expired; of a watch, in the stream. */
  | { readonly kind: 'gone' }
  /** 200 with the page of a portal or proxy. */
  | { readonly kind: 'html' };

const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const page =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>\n';

function failed(fault: Extract<Fault, { kind: 'status' }>): Answer {
  const { code, retryAfterSeconds, message = 'injected fault' } = fault;
  const reason = reasons[code];
  const details = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  return statusAnswer(failure({ code, message, details, ...(reason === undefined ? {} : { reason }) }));
}

function gone(isWatch: boolean): Answer {
  const status = failure({ code: 410, message: 'too old resource version: 1 (2)', reason: 'Expired' });
  return isWatch ? json({ type: 'ERROR', object: status }) : statusAnswer(status);
}

/** The answer that a fault gives in place of the right one; undefined for faults that spoil or withhold the right one. */
export function faultAnswer(fault: Fault, isWatch: boolean): Answer | undefined {
  if (fault.kind === 'status') return failed(fault);
  if (fault.kind === 'gone') return gone(isWatch);
  if (fault.kind === 'html') return { code: 200, contentType: 'text/html; charset=utf-8', body: page };
  return undefined;
}
