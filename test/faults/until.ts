import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it is so; throws `what` when it is not after so many seconds. (`expect.poll` cannot tell concurrent tests apart.) */
export async function until(what: string, isSo: () => boolean, seconds = 60): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`this did not come about within ${seconds} s: ${what}`);
    await sleep(25);
  }
}
