import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy } from './sqlite-fault.ts';

/**
 * Tries until SQLite is not busy, for so long at most; then its error is thrown. It waits between the tries instead of
 * inside SQLite, where it would hold up everything else in this process.
 */
export async function patiently<T>(milliseconds: number, attempt: () => T): Promise<T> {
  const until = performance.now() + milliseconds;
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error;
    }
    await sleep(pause);
  }
}
