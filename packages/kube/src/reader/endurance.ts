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

/** A refusal that comes at once costs nothing; these are counted. */
const longMs = 3_000;

/** Over after so many long waits for nothing, one after the other. */
export function createEndurance(most: number): Endurance {
  let over: AutoDevOpsError | undefined;
  let waits = 0;
  return {
    over: () => over,
    read: async (work, otherwise) => {
      if (over !== undefined) return otherwise(over);
      const began = performance.now();
      const outcome = await work();
      if (outcome.error === undefined) waits = outcome.unserved === true ? waits : 0;
      else if (performance.now() - began >= longMs && ++waits >= most) over = outcome.error;
      return outcome;
    },
  };
}
