import type { Tracer } from '@autodevops/domain/ports/tracer';

/** A tracer that sends what is left, within two seconds, when the agent ends. */
export interface Tracing extends Tracer {
  readonly close: () => Promise<void>;
}
