import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { ClusterFollower, ClusterReader } from '@autodevops/domain/ports/cluster';
import { warmReader } from './warm-reader.ts';

/** The cluster as an agent sees it: in memory where that pays, and by a look of its own. */
export interface Watching {
  /** From memory where that is in step, else by a look. */
  readonly reader: ClusterReader;
  /** From memory whatever its age, which it tells; by a look until there is any. */
  readonly memory: ClusterReader;
  /** Always by a look: what was done is not verified by something that may lag behind. */
  readonly look: ClusterReader;
  /** The agent stays: from the next question on the cluster is held in memory. */
  readonly stay: () => void;
  /** Holds the cluster in memory from now on. */
  readonly begin: () => void;
  /** As `ClusterFollower` has them; without memory there may be news every few seconds. */
  readonly version: () => number;
  readonly changed: (beyond: number, signal: AbortSignal) => Promise<void>;
  /** As `ClusterFollower` has it; undefined while nothing tells of changes. */
  readonly changedSince: (version: number) => ReadonlySet<string> | undefined;
  /** Milliseconds since memory was in step; undefined: nothing is held. */
  readonly age: () => number | undefined;
  readonly close: () => Promise<void>;
}

export interface WatchingChoice {
  readonly look: ClusterReader;
  readonly follow: (signal: AbortSignal) => Promise<ClusterFollower>;
  readonly clock: Pick<Clock, 'wait'>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds: between two looks where nothing tells of changes, and between two tries to be told. */
const lookAgain = 3_000;
const followAgain = 5_000;

interface Memory {
  readonly begin: () => void;
  readonly follower: () => ClusterFollower | undefined;
  readonly close: () => Promise<void>;
}

/** Begins to follow once it is wanted, and tries until it can. */
function createMemory({ follow, clock, log }: WatchingChoice): Memory {
  const ending = new AbortController();
  let held: ClusterFollower | undefined;
  let beginning: Promise<void> | undefined;
  const hold = async (): Promise<void> => {
    for (let told = ''; !ending.signal.aborted;) {
      try {
        held = await follow(ending.signal);
        return;
      } catch (error) {
        const says = error instanceof AutoDevOpsError ? error.message : 'unknown';
        if (says !== told && !ending.signal.aborted) log('the cluster cannot be followed yet', { says });
        told = says;
        await clock.wait(followAgain, ending.signal).catch(() => undefined);
      }
    }
  };
  return {
    begin: () => {
      beginning ??= hold();
    },
    follower: () => held,
    close: async () => {
      ending.abort();
      await beginning;
      await held?.reader.close();
    },
  };
}

/** A reader that chooses for each snapshot. Logs are read beside every snapshot in the same way. */
function choosing(look: ClusterReader, choose: () => ClusterReader): ClusterReader {
  return {
    source: look.source,
    snapshot: (request, options) => choose().snapshot(request, options),
    logs: (requests, options) => look.logs(requests, options),
    close: async () => {},
  };
}

/** Looks at a cluster, and holds it in memory as soon as somebody asks who stays. Closes the look and what is held. */
export function watchCluster(choice: WatchingChoice): Watching {
  const { look, clock } = choice;
  const memory = createMemory(choice);
  const { follower, begin } = memory;
  const warm = warmReader({ follower, cold: look });
  let stays = false;
  const held = (): ClusterFollower | undefined => {
    const found = follower();
    return found !== undefined && Number.isFinite(found.staleness()) ? found : undefined;
  };
  return {
    reader: choosing(look, () => {
      if (stays) begin();
      return warm;
    }),
    memory: choosing(look, () => held()?.reader ?? look),
    look,
    stay: () => {
      stays = true;
    },
    begin,
    // What comes into memory first is news to whoever looked before.
    version: () => {
      const found = follower();
      return found === undefined ? 0 : found.version() + 1;
    },
    changed: async (beyond, signal) => {
      const found = follower();
      if (found === undefined) await clock.wait(lookAgain, signal).catch(() => undefined);
      else if (beyond > found.version()) await found.changed(beyond - 1, signal);
    },
    changedSince: (version) => follower()?.changedSince(version - 1),
    age: () => follower()?.staleness(),
    close: async () => {
      await memory.close();
      await look.close();
    },
  };
}
