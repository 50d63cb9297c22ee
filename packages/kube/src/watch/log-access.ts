import type { BlindSpot } from '@autodevops/domain/diagnosis';
import type { KubeClient } from '../http/client.ts';
import type { KindRead } from '../reader/lists/kind-read.ts';
import { logSpots } from '../reader/permissions/log-permission.ts';

export interface LogAccess {
  /** Asks whether logs may be read, unless that was asked a short while ago. Never throws. */
  readonly look: () => Promise<void>;
  /** What was said last. */
  readonly spots: () => readonly BlindSpot[];
}

interface LogAccessOptions {
  readonly client: KubeClient;
  readonly namespaces: readonly string[] | undefined;
  readonly pods: () => KindRead | undefined;
  readonly now: () => number;
  /** In milliseconds. */
  readonly every: number;
  readonly signal: AbortSignal;
  readonly changed: () => void;
}

/** Logs are not watched but read when they are wanted: whether that is allowed is asked from time to time. */
export function createLogAccess({
  client,
  namespaces,
  pods,
  now,
  every,
  signal,
  changed,
}: LogAccessOptions): LogAccess {
  let held: readonly BlindSpot[] = [];
  let due = Number.NEGATIVE_INFINITY;
  return {
    spots: () => held,
    look: async () => {
      const read = pods();
      if (read === undefined || now() < due) return;
      due = now() + every;
      try {
        const found = await logSpots(client, read, { namespaces, signal });
        const differs = JSON.stringify(found) !== JSON.stringify(held);
        held = found;
        if (differs) changed();
      } catch {
        // Interrupted: the cache ends.
      }
    },
  };
}
