import { setTimeout as sleep } from 'node:timers/promises';
import { BedError, messageOf } from './failure.ts';

export type Wait = {
  for: string;
  seconds: number;
  everyMs?: number;
  advice?: string;
  giveUp?: () => string | undefined;
};

/** Asks until the answer is something other than undefined or false; every wait of the bed is bounded by this. */
export async function until<T>(wait: Wait, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + wait.seconds * 1000;
  let last = '';
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = messageOf(error);
    }
    const why = wait.giveUp?.();
    if (why !== undefined) {
      throw new BedError(`Waiting for ${wait.for} is pointless: ${why}`, wait.advice ?? 'Read the log named above.');
    }
    if (Date.now() >= end) {
      const detail = last === '' ? '' : ` Last answer: ${last}`;
      throw new BedError(
        `Waited ${wait.seconds} s for ${wait.for}.${detail}`,
        wait.advice ?? 'Try again; on a busy machine it may only be slow.',
      );
    }
    await sleep(wait.everyMs ?? 200);
  }
}

/** Whether it comes true in that time. A busy machine answers late; late is not broken. */
export async function comesTrue(seconds: number, ask: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() >= end) return false;
    await sleep(250);
  }
  return true;
}
