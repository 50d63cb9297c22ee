import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { handler } from '../handling/handler.ts';
import { suggestedPrompts } from '../rendering/answer/suggested-prompts.ts';

/** https://docs.slack.dev/reference/events/assistant_thread_started */
const ThreadStarted = z.object({ event: z.object({ assistant_thread: z.object({ channel_id: z.string().max(40), thread_ts: z.string().max(40) }) }) });

/** Somebody opens the assistant pane: questions are suggested from what is wrong now. */
export const assistantThreadStarted = handler<z.output<typeof ThreadStarted>>({
  name: 'event.assistant_thread_started',
  payload: ThreadStarted,
  need: 'link',
  refusesQuietly: true,
  scopes: ['assistant:write'],
  handle: async ({ event: { assistant_thread: { channel_id: channel, thread_ts: threadTs } } }, { agent, slack, signal }) => {
    const causes = await agent.diagnose({ body: {} }, { signal }).then((diagnosis) => diagnosis.causes, (error: unknown) => {
      // Not linked, or the agent is away: questions that always make sense are suggested all the same.
      if (error instanceof AutoDevOpsError) return [];
      throw error;
    });
    await slack.suggestPrompts({ channel, threadTs }, suggestedPrompts(causes), signal);
  },
});
