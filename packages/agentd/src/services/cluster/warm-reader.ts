import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterFollower, ClusterReader } from '@autodevops/domain/ports/cluster';

/** From here on what is held is not answered from while the cluster can be asked; in milliseconds. */
export const longestStaleness = 30_000;

export interface Warmth {
  /** What is followed; undefined while nothing is. */
  readonly follower: () => ClusterFollower | undefined;
  /** Asks the cluster itself. */
  readonly cold: ClusterReader;
}

/** Whether the cluster cannot be asked now: it is away, or does not know us any more. What else went wrong is for the caller. */
function isAway(error: unknown): boolean {
  return error instanceof AutoDevOpsError && error.code.startsWith('cluster.');
}

/**
 * Answers from what is followed where that is in step, else by a look of its own. Where neither can be had it answers
 * from what was known last: a snapshot that says of itself how old it is. Throws as the look does where nothing is known.
 */
export function warmReader({ follower, cold }: Warmth): ClusterReader {
  const held = (): ClusterFollower | undefined => {
    const found = follower();
    return found !== undefined && Number.isFinite(found.staleness()) ? found : undefined;
  };
  return {
    source: cold.source,
    snapshot: async (request, options) => {
      const found = held();
      if (found !== undefined && found.staleness() <= longestStaleness) {
        return await found.reader.snapshot(request, options);
      }
      try {
        return await cold.snapshot(request, options);
      } catch (error) {
        const known = held();
        if (known === undefined || !isAway(error)) throw error;
        return await known.reader.snapshot(request, options);
      }
    },
    logs: (requests, options) => cold.logs(requests, options),
    close: () => cold.close(),
  };
}
