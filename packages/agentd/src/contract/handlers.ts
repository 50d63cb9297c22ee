import type { Actor } from '@autodevops/domain/change/actor';
import type { AnswerEndpoint, AnswerOf, EventOf, InputOf, StreamEndpoint } from './endpoint.ts';
import type { EndpointName, Endpoints } from './endpoints.ts';

/** Who calls, and until when. */
export interface Call {
  readonly actor: Actor;
  /** The e-mail address of the caller's account, where a surface vouches for it that may. */
  readonly vouchedEmail?: string;
  readonly signal: AbortSignal;
  /** Of a write: the same for every attempt of one call. */
  readonly idempotencyKey: string;
}

/** One event of a stream; `id` is what a broken stream resumes after. */
export interface StreamItem<E> {
  readonly id: string;
  readonly event: E;
}

/** What answers each endpoint. `lastId` is the id of the last event that the caller got before its stream broke. */
export type Handlers = {
  readonly [K in EndpointName]: Endpoints[K] extends StreamEndpoint
    ? (
        input: InputOf<Endpoints[K]>,
        call: Call,
        lastId: string | undefined,
      ) => AsyncIterable<StreamItem<EventOf<Endpoints[K]>>>
    : Endpoints[K] extends AnswerEndpoint
      ? (input: InputOf<Endpoints[K]>, call: Call) => Promise<AnswerOf<Endpoints[K]>>
      : never;
};
