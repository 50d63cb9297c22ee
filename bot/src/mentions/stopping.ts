import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Surroundings } from '../handling/handler.ts';
import type { TalkPlace } from './talk-event.ts';

/** When somebody stopped what goes on in a thread. */
const StopNote = z.object({ at: z.string() });

/** Milliseconds between two looks whether somebody did. */
const betweenLooks = 500;

/** Somebody stopped what is worked on: it is no failure, and nobody is told of one. */
export class Stopped extends Error {
  constructor(cause: unknown) {
    super('somebody stopped it', { cause });
    this.name = 'Stopped';
  }
}

function nameOf({ channel, threadTs }: TalkPlace, { event: { app, team } }: Surroundings): string {
  return `stop/${createHash('sha256')
    .update(JSON.stringify([app, team, channel, threadTs]))
    .digest('hex')
    .slice(0, 32)}`;
}

/** Notes for every process that what goes on in this thread is to end. */
export async function noteStop(place: TalkPlace, surroundings: Surroundings): Promise<void> {
  const {
    store: { notes },
    customer,
    event,
  } = surroundings;
  const name = nameOf(place, surroundings);
  await notes.swap(customer, name, await notes.get(customer, name), { at: event.receivedAt });
}

async function isStopped(place: TalkPlace, surroundings: Surroundings): Promise<boolean> {
  const {
    store: { notes },
    customer,
    event,
  } = surroundings;
  const { data } = StopNote.safeParse(await notes.get(customer, nameOf(place, surroundings)));
  return data !== undefined && data.at >= event.receivedAt;
}

/** Works with a signal that aborts when somebody presses Slack's stop button in this thread, wherever that is heard. Throws `Stopped` then. */
export async function untilStopped(
  place: TalkPlace,
  surroundings: Surroundings,
  work: (stoppable: Surroundings) => Promise<void>,
): Promise<void> {
  const stopped = new AbortController();
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = isStopped(place, surroundings).then(
      (is) => (is ? stopped.abort() : undefined),
      () => undefined,
    );
  }, betweenLooks);
  try {
    await work({ ...surroundings, signal: AbortSignal.any([surroundings.signal, stopped.signal]) });
  } catch (error) {
    throw stopped.signal.aborted ? new Stopped(error) : error;
  } finally {
    clearInterval(timer);
    await looking;
  }
}
