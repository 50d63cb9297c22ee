import type { z } from 'zod';

/** What a caller must be allowed to: each includes those before it. */
export const rights = ['read', 'propose', 'decide', 'administer'] as const;
export type Right = (typeof rights)[number];

/**
 * `alert`: to tell of alerts, and nothing else; monitoring has it by a token of its own. `account`: whoever shows an
 * account, though nobody is linked to it and it has no role: what it is for concerns that account alone.
 */
export type Shown = Right | 'alert' | 'account';

/** `nobody` needs no right: the endpoint itself looks at what the caller shows. */
export type Needed = Shown | 'nobody';

type Shape = z.ZodType;

interface Described {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `:name` stands for a parameter. */
  readonly path: string;
  readonly summary: string;
  readonly right: Needed;
}

/** One answer to one request. `writes`: the request carries an idempotency key, and a second one gives the first answer. */
export interface AnswerEndpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  A extends Shape = Shape,
> extends Described {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly answer: A;
  readonly writes: boolean;
}

/** Server-sent events, each with an id to resume after. */
export interface StreamEndpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  E extends Shape = Shape,
> extends Described {
  readonly params: P;
  readonly query: Q;
  readonly event: E;
}

export type Endpoint = AnswerEndpoint | StreamEndpoint;

export function isStream(endpoint: Endpoint): endpoint is StreamEndpoint {
  return 'event' in endpoint;
}

export function answers<P extends Shape, Q extends Shape, B extends Shape, A extends Shape>(
  endpoint: AnswerEndpoint<P, Q, B, A>,
): AnswerEndpoint<P, Q, B, A> {
  return endpoint;
}

export function streams<P extends Shape, Q extends Shape, E extends Shape>(
  endpoint: StreamEndpoint<P, Q, E>,
): StreamEndpoint<P, Q, E> {
  return endpoint;
}

/** What a handler is given and a caller gives. */
export type InputOf<T extends Endpoint> =
  T extends AnswerEndpoint<infer P, infer Q, infer B, Shape>
    ? { readonly params: z.output<P>; readonly query: z.output<Q>; readonly body: z.output<B> }
    : T extends StreamEndpoint<infer P, infer Q, Shape>
      ? { readonly params: z.output<P>; readonly query: z.output<Q> }
      : never;

export type AnswerOf<T extends Endpoint> = T extends AnswerEndpoint<Shape, Shape, Shape, infer A> ? z.output<A> : never;
export type EventOf<T extends Endpoint> = T extends StreamEndpoint<Shape, Shape, infer E> ? z.output<E> : never;
