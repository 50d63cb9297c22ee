import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import type { Watching } from '../cluster/watching.ts';

/** When the cluster may show something new. */
export type ClusterNews = Pick<Watching, 'version' | 'changed'>;

export interface LookingAgainChoice {
  readonly news: ClusterNews;
  readonly clock: Clock;
  /** Ids of the incidents that want another look. */
  readonly wanting: () => Promise<readonly string[]>;
  /** Looks at one, and gives how many milliseconds that took; undefined: somebody is at it. */
  readonly glance: (id: string) => Promise<number | undefined>;
  readonly failed: (error: unknown) => void;
}

/** In milliseconds: between two rounds, however quick the first was, and however long. */
const [leastRest, mostRest] = [2000, 30_000];
/** A round is followed by a rest so many times as long: what nothing explains takes a tenth of the process at most. */
const share = 9;

/** Milliseconds that it took, and whether all of them were looked at. */
async function oneRound(
  { wanting, glance }: LookingAgainChoice,
  signal: AbortSignal,
): Promise<{ readonly took: number; readonly isWhole: boolean }> {
  const times: (number | undefined)[] = [];
  for (const id of await wanting()) if (!signal.aborted) times.push(await glance(id));
  return { took: times.reduce<number>((sum, one) => sum + (one ?? 0), 0), isWhole: !times.includes(undefined) };
}

/**
 * Looks at incidents that want it whenever the cluster has news: a cause that shows itself after its alert is told when it
 * does, and not at some beat. Never throws; ends with the signal.
 */
export async function lookAgainOnNews(choice: LookingAgainChoice, signal: AbortSignal): Promise<void> {
  const { news, clock, failed } = choice;
  while (!signal.aborted) {
    // Before the look: what changes during it is a reason for the next one.
    const version = news.version();
    const { took, isWhole } = await oneRound(choice, signal).catch((error: unknown) => {
      if (!signal.aborted) failed(error);
      return { took: Infinity, isWhole: true };
    });
    await clock.wait(Math.min(mostRest, Math.max(leastRest, share * took)), signal).catch(() => undefined);
    if (isWhole) await news.changed(version, signal);
  }
}
