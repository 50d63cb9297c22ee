/**
 * What goes wrong. `down`: the connection is cut before anything is done. `slow`: done, and answered so much later.
 * `rate-limited`: 429. `server-error`: HTTP 5xx with a page for an answer. `lost-answer`: done, and the connection cut
 * before the answer. `error`: `{ok: false, error}`. `duplicate`: what is delivered to the app is delivered twice.
 */
export type Fault =
  | { readonly kind: 'down' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'server-error'; readonly status?: number }
  | { readonly kind: 'lost-answer' }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'duplicate' };

export interface FaultOptions {
  /** Methods that it befalls; all if not given. Not looked at for `duplicate`. */
  readonly methods?: readonly string[];
  /** How often, then it is over; until it is lifted if not given. */
  readonly times?: number;
  /** Calls that go well before it begins. */
  readonly skip?: number;
  /** Only calls of this app. */
  readonly app?: string;
}

export interface FaultScript {
  /** The result lifts it. */
  readonly add: (fault: Fault, options?: FaultOptions) => () => void;
  readonly clear: () => void;
  /** The fault that befalls this call, counted. */
  readonly strike: (method: string, app: string) => Fault | undefined;
  /** Whether this delivery is sent twice, counted. */
  readonly duplicates: (app: string) => boolean;
}

interface Planned {
  readonly fault: Fault;
  readonly options: FaultOptions;
  skip: number;
  left: number;
}

export function faultScript(): FaultScript {
  const planned: Planned[] = [];
  const take = (matches: (one: Planned) => boolean): Fault | undefined => {
    const one = planned.find((candidate) => candidate.left > 0 && matches(candidate));
    if (one === undefined) return undefined;
    if (one.skip > 0) {
      one.skip -= 1;
      return undefined;
    }
    one.left -= 1;
    return one.fault;
  };
  const isFor = ({ options }: Planned, app: string): boolean => options.app === undefined || options.app === app;
  return {
    add: (fault, options = {}) => {
      const one = { fault, options, skip: options.skip ?? 0, left: options.times ?? Number.POSITIVE_INFINITY };
      planned.push(one);
      return () => {
        one.left = 0;
      };
    },
    clear: () => {
      planned.length = 0;
    },
    strike: (method, app) =>
      take(
        (one) => one.fault.kind !== 'duplicate' && isFor(one, app) && (one.options.methods?.includes(method) ?? true),
      ),
    duplicates: (app) => take((one) => one.fault.kind === 'duplicate' && isFor(one, app)) !== undefined,
  };
}
