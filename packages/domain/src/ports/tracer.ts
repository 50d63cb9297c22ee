/** What a span says: names, codes and counts. Never a secret, nor text out of a log, a cluster or a person's mouth. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/** One stretch of work while it lasts. */
export interface Span {
  readonly note: (facts: SpanFacts) => void;
  /** It went wrong without throwing; `code` says how. */
  readonly fail: (code: string) => void;
}

export interface SpanChoice {
  /** Of a small set: `snapshot`, `store changes.append`. What varies is a fact. */
  readonly name: string;
  readonly facts?: SpanFacts;
  /** `server`: asked for by another process; `client`: asks another one. */
  readonly kind?: 'server' | 'client';
  /** W3C traceparent (https://www.w3.org/TR/trace-context/) of who asked; what is none counts as absent. */
  readonly parent?: string | undefined;
  /** Told only as a part of something that is being told: what goes on all the time is of no interest by itself. */
  readonly partOnly?: boolean;
}

/** Tells where time goes. Work that throws is told as failed, by its error's code, and throws the same. */
export interface Tracer {
  readonly span: <T>(choice: SpanChoice, work: (span: Span) => Promise<T>) => Promise<T>;
}

/** Of what is not told. */
export const silentSpan: Span = { note: () => undefined, fail: () => undefined };

export const noTracer: Tracer = { span: async (_choice, work) => await work(silentSpan) };
