import { AutoDevOpsError, errorCodes } from '@autodevops/domain/errors';
import type { ErrorCode } from '@autodevops/domain/errors';
import { partsOf, remedy } from '@autodevops/domain/remedy/remedy';
import type { z } from 'zod';
import { isStream } from '../contract/endpoint.ts';
import type { AnswerEndpoint, AnswerOf, Endpoint, EventOf, StreamEndpoint } from '../contract/endpoint.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { EndpointName, Endpoints } from '../contract/endpoints.ts';
import type { StreamItem } from '../contract/handlers.ts';
import { ErrorAnswer } from '../http/error-answer.ts';
import { readEvents } from './event-reader.ts';

/** What a caller may give; defaults are filled in by the agent. */
type Given<T extends Endpoint> =
  T extends AnswerEndpoint<infer P, infer Q, infer B>
    ? { readonly params?: z.input<P>; readonly query?: z.input<Q>; readonly body?: z.input<B> }
    : T extends StreamEndpoint<infer P, infer Q>
      ? { readonly params?: z.input<P>; readonly query?: z.input<Q>; readonly after?: string }
      : never;

interface Bounded {
  readonly signal: AbortSignal;
}

/** A method for every endpoint of the table. Streams reconnect by themselves and resume after the last event. */
export type AgentClient = {
  readonly [K in EndpointName]: Endpoints[K] extends StreamEndpoint
    ? (given: Given<Endpoints[K]>, options: Bounded) => AsyncIterable<StreamItem<EventOf<Endpoints[K]>>>
    : (given: Given<Endpoints[K]>, options: Bounded) => Promise<AnswerOf<Endpoints[K]>>;
};

export interface ClientChoice {
  /** `http://localhost`, whatever carries it. */
  readonly address: string;
  /** The global one, one over a Unix socket, or an agent of this process. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly token: () => Promise<string | undefined>;
  readonly newKey: () => string;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** What goes on here, as W3C Trace Context has it (https://www.w3.org/TR/trace-context/); undefined: nothing that is traced. */
  readonly traceparent?: () => string | undefined;
  /** Of one attempt, in milliseconds. */
  readonly longest?: number;
}

interface AnyGiven {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly after?: string;
}

const attempts = 5;
/** What may pass: nobody answered, or too much was asked at once. A write keeps its key. */
const again: readonly ErrorCode[] = ['agent.unreachable', 'agent.busy'];

function urlOf(choice: ClientChoice, endpoint: Endpoint, given: AnyGiven): string {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(String(given.params?.[name] ?? '')),
  );
  const query = Object.entries(given.query ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, string] => [key, String(value)]);
  return `${choice.address}${path}${query.length === 0 ? '' : `?${new URLSearchParams(query)}`}`;
}

function knownCode(code: string): ErrorCode {
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'internal';
}

function failureFrom(text: string, status: number): AutoDevOpsError {
  try {
    const { error } = ErrorAnswer.parse(JSON.parse(text));
    return new AutoDevOpsError(knownCode(error.code), error.what, partsOf(error));
  } catch {
    return new AutoDevOpsError(
      'agent.unreachable',
      `What answers there is no agent of Auto-DevOps (status ${status}).`,
      remedy`See ${{ do: 'show-agent' }}.`,
    );
  }
}

/** The system's or TLS's own code says why; their sentences may say more than people may see. */
function reasonIn(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{2,80}$/.test(code) ? ` (${code})` : '';
}

/** The alert by which TLS 1.3 says that a caller has to show a certificate: https://www.rfc-editor.org/rfc/rfc8446#section-6 */
const wantsCertificate = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';

function unreachable(error: unknown, signal: AbortSignal): AutoDevOpsError {
  if (signal.aborted) return new AutoDevOpsError('interrupted', 'Interrupted.', 'Run it again.', { cause: error });
  if (reasonIn(error).includes(wantsCertificate)) {
    return new AutoDevOpsError(
      'agent.unreachable',
      `The agent wants a certificate of its callers${reasonIn(error)}.`,
      remedy`Show yours: ${{ do: 'choose-client-certificate' }}, or client.certificate and client.key of the configuration.`,
      { cause: error },
    );
  }
  return new AutoDevOpsError(
    'agent.unreachable',
    `The agent does not answer${reasonIn(error)}.`,
    remedy`See ${{ do: 'show-agent' }}, or start it with ${{ do: 'start-agent' }}.`,
    { cause: error },
  );
}

async function request(
  choice: ClientChoice,
  endpoint: Endpoint,
  given: AnyGiven,
  extra: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const token = await choice.token();
  const traceparent = choice.traceparent?.();
  const body =
    isStream(endpoint) || endpoint.method === 'GET' || endpoint.method === 'DELETE'
      ? {}
      : { body: JSON.stringify(given.body ?? {}) };
  const headers = {
    accept: isStream(endpoint) ? 'text/event-stream' : 'application/json',
    ...('body' in body ? { 'content-type': 'application/json' } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...extra,
  };
  return await choice.fetch(
    new Request(urlOf(choice, endpoint, given), {
      method: endpoint.method,
      headers,
      signal,
      redirect: 'error',
      ...body,
    }),
  );
}

async function answer(
  choice: ClientChoice,
  endpoint: AnswerEndpoint,
  given: AnyGiven,
  outer: AbortSignal,
): Promise<unknown> {
  const key: Record<string, string> = endpoint.writes ? { 'idempotency-key': choice.newKey() } : {};
  for (let attempt = 1; ; attempt++) {
    const signal = AbortSignal.any([outer, AbortSignal.timeout(choice.longest ?? 120_000)]);
    try {
      const response = await request(choice, endpoint, given, key, signal);
      const text = await response.text();
      if (!response.ok) throw failureFrom(text, response.status);
      return endpoint.answer.parse(JSON.parse(text));
    } catch (error) {
      const failure = error instanceof AutoDevOpsError ? error : unreachable(error, outer);
      // A write that broke may have been done: the same key finds its answer again.
      if (!again.includes(failure.code) || attempt >= attempts || outer.aborted) throw failure;
      await choice.wait(100 * 2 ** attempt, outer);
    }
  }
}

async function* stream(
  choice: ClientChoice,
  endpoint: StreamEndpoint,
  given: AnyGiven,
  signal: AbortSignal,
): AsyncGenerator<StreamItem<unknown>> {
  let last = given.after;
  let failed = 0;
  for (;;) {
    try {
      const response = await request(
        choice,
        endpoint,
        given,
        last === undefined ? {} : { 'last-event-id': last },
        signal,
      );
      if (!response.ok || response.body === null) throw failureFrom(await response.text(), response.status);
      for await (const { id, name, data } of readEvents(response.body)) {
        if (name === 'end') return;
        if (name === 'error') throw failureFrom(data, 500);
        failed = 0;
        last = id === '' ? last : id;
        yield { id, event: endpoint.event.parse(JSON.parse(data)) };
      }
      throw new Error('the stream broke off');
    } catch (error) {
      const failure = error instanceof AutoDevOpsError ? error : unreachable(error, signal);
      failed += 1;
      if (!again.includes(failure.code) || failed >= attempts || signal.aborted) throw failure;
      await choice.wait(100 * 2 ** failed, signal);
    }
  }
}

/** The typed client that every surface uses. Failures are `AutoDevOpsError`s, as the agent told them. */
export function agentClient(choice: ClientChoice): AgentClient {
  const methods = Object.entries(endpoints).map(([name, endpoint]: [string, Endpoint]) => [
    name,
    (given: AnyGiven, { signal }: Bounded) =>
      isStream(endpoint) ? stream(choice, endpoint, given, signal) : answer(choice, endpoint, given, signal),
  ]);
  return Object.fromEntries(methods) as AgentClient;
}
