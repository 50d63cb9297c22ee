import { setTimeout as sleep } from 'node:timers/promises';
import { httpStatusOf } from '../http/status-failure.ts';
import type { Reflector } from './reflector.ts';
import type { Surroundings } from './surroundings.ts';

interface PulseOptions {
  readonly shared: Pick<Surroundings, 'client' | 'timing' | 'now'>;
  readonly reflectors: () => readonly Reflector[];
  readonly signal: AbortSignal;
  /** Called after each look. */
  readonly onBeat: () => void;
}

async function answers({ shared: { client, timing }, signal }: PulseOptions): Promise<boolean> {
  const deadlines = { connect: timing.header, header: timing.header, idle: timing.header, total: timing.header };
  try {
    await client.json({ path: '/version', signal, patience: 0, deadlines });
    return true;
  } catch (error) {
    return httpStatusOf(error) !== undefined;
  }
}

/**
 * Where nothing happens a living connection and a dead one look the same. So a quiet API server is asked whether it
 * lives: when it does, its quiet watches count as proven; when it does not twice in a row, they are begun anew.
 */
export async function keepPulse(options: PulseOptions): Promise<void> {
  const { shared, reflectors, signal, onBeat } = options;
  const { timing, now } = shared;
  let missed = 0;
  while (!signal.aborted) {
    await sleep(timing.pulse, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const asked = now();
    const quiet = reflectors().filter((one) => one.calm && asked - (one.provenAt ?? 0) >= timing.pulse / 2);
    if (quiet.length > 0) {
      const alive = await answers(options);
      missed = alive ? 0 : missed + 1;
      for (const one of quiet) {
        if (alive && one.calm) one.prove(asked);
        else if (missed >= 2) one.cutIfQuietSince(asked);
      }
    }
    if (!signal.aborted) onBeat();
  }
}
