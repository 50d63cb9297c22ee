import type { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Refusal } from './status-failure.ts';

/** In milliseconds. `total` undefined: as long as bytes come (watches). */
export interface Deadlines {
  readonly connect: number;
  readonly header: number;
  readonly idle: number;
  readonly total: number | undefined;
}

/** A request that changes something. It goes over a connection of its own, so that no kept one can have ended meanwhile. */
export interface KubeWrite {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly contentType: string;
  /** Becomes JSON. */
  readonly body: unknown;
  /**
   * Whether a 429 with Retry-After says for certain that nothing was done, so that it may be waited out. Nothing else is
   * sent twice: not after a broken connection, not after a 401, a 503 or a 504.
   */
  readonly waitsForTurn: boolean;
}

export interface KubeRequest {
  /** Begins with a slash; parameters included. */
  readonly path: string;
  readonly accept?: string;
  /** JSON to POST: reviews of access only, which the API server answers and does not keep. */
  readonly post?: unknown;
  /** Once it was sent and no answer came, the error is `cluster.outcome-unknown`, with what broke as its cause. */
  readonly write?: KubeWrite;
  /** Beside those of the access. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Says an answer that is no success in other words than those for readers. */
  readonly explain?: (refusal: Refusal) => AutoDevOpsError;
  readonly signal?: AbortSignal | undefined;
  readonly deadlines?: Partial<Deadlines>;
  /** How often a 429 or 503 may be waited out. */
  readonly patience?: number;
  readonly compressed?: boolean;
  /** Bytes that a whole answer may have; 256 MiB when absent. */
  readonly largest?: number;
  /** Leaves `fieldsV1` of managedFields in a whole answer: who owns which field. Emptied otherwise. */
  readonly fieldOwners?: boolean;
}

export interface KubeAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Ends with an `AutoDevOpsError` when the connection breaks or a wait runs out. Leaving the loop closes the answer. */
  readonly body: AsyncIterable<Buffer>;
}
