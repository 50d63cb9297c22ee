import { z } from 'zod';
import { suggestQuestions } from '../messages-tab/suggest-questions.ts';
import { handler } from '../handling/handler.ts';
import { publishHomeOf } from './publish-home.ts';

/** https://docs.slack.dev/reference/events/app_home_opened */
const HomeOpened = z.object({
  event: z.object({ tab: z.string().max(40).default('home'), channel: z.string().max(40).default('') }),
});

/**
 * Somebody opens the app: its home is made anew, also for those who are not linked yet, who see how to be; above the
 * conversation with it questions are suggested.
 */
export const homeOpened = handler<z.output<typeof HomeOpened>>({
  name: 'event.app_home_opened',
  payload: HomeOpened,
  need: 'link',
  refusesQuietly: true,
  scopes: ['assistant:write'],
  handle: async ({ event: { tab, channel } }, surroundings) => {
    if (tab === 'home') await publishHomeOf(surroundings);
    if (tab === 'messages' && channel !== '') await suggestQuestions(channel, surroundings);
  },
});
