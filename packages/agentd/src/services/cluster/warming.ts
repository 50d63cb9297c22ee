import type { Clock } from '@autodevops/agent-core/changes/surroundings';
import { diagnose } from '@autodevops/agent-core/jamie';
import { clusterAlone } from './cluster-alone.ts';
import type { Watching } from './watching.ts';

export interface WarmingChoice {
  readonly watching: Pick<Watching, 'begin' | 'age' | 'reader'>;
  readonly clock: Pick<Clock, 'wait'>;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** In milliseconds: between two looks whether memory is in step. */
const lookAgain = 250;

/**
 * For an agent that alerts come to: the cluster is held in memory before the first of them, and one diagnosis is made, so
 * that the first incident does not wait for what can be read, and compiled, before it. Never throws.
 */
export async function warmUp({ watching, clock, log }: WarmingChoice, signal: AbortSignal): Promise<void> {
  watching.begin();
  try {
    while (!Number.isFinite(watching.age() ?? Infinity)) await clock.wait(lookAgain, signal);
    const { observed } = await diagnose(clusterAlone(watching.reader), {}, { signal });
    log('ready for alerts: the cluster is held in memory', { milliseconds: String(Math.round(observed.milliseconds)) });
  } catch (error) {
    if (!signal.aborted) {
      log('the first look at the cluster failed', { says: error instanceof Error ? error.message : String(error) });
    }
  }
}
