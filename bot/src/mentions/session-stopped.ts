import { z } from 'zod';
import { handler } from '../handling/handler.ts';
import { showAtWork } from './say-in-thread.ts';
import { noteStop } from './stopping.ts';

/** https://docs.slack.dev/reference/events/agent_session_stopped */
const SessionStopped = z.object({ event: z.object({ channel: z.string().max(40), thread_ts: z.string().max(40) }) });

/** Somebody presses the stop button beneath a thread: whichever process works on an answer there ends it. */
export const sessionStopped = handler<z.output<typeof SessionStopped>>({
  name: 'event.agent_session_stopped',
  payload: SessionStopped,
  need: 'link',
  refusesQuietly: true,
  handle: async ({ event: { channel, thread_ts: threadTs } }, surroundings) => {
    const place = { channel, threadTs };
    await noteStop(place, surroundings);
    // Where nobody works on one any more, nothing else would take the sign of it away.
    await showAtWork(false, place, surroundings);
  },
});
