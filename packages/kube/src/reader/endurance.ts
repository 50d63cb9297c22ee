import type { AutoDevOpsError } from '@autodevops/domain/errors';

/** Something that was read, or why it could not be. `unserved`: the API server was not even asked. */
interface Outcome {
  readonly error?: AutoDevOpsError;
  readonly unserved?: boolean;
}

/** Ends the waiting for an API server that only keeps people waiting: one deadline is waited out, not one for each list. */
export interface Endurance {
  /** Does the work or, when it is over, says why at once. */
  readonly read: <T extends Outcome>(work: () => Promise<T>, otherwise: (why: AutoDevOpsError) => T) => Promise<T>;
  /** Why it is over. */
  readonly over: () => AutoDevOpsError | undefined;
}

/** A refusal that comes at once costs nothing. */
const longMs = 10_000;

/** Over once a long wait came to nothing, and nothing else that was asked for meanwhile came either. */
export function createEndurance(): Endurance {
  let over: AutoDevOpsError | undefined;
  let lastSuccess = Number.NEGATIVE_INFINITY;
  return {
    over: () => over,
    read: async (work, otherwise) => {
      if (over !== undefined) return otherwise(over);
      const began = performance.now();
      const outcome = await work();
      const now = performance.now();
      if (outcome.error === undefined) lastSuccess = outcome.unserved === true ? lastSuccess : now;
      else if (now - began >= longMs && lastSuccess < began) over = outcome.error;
      return outcome;
    },
  };
}
