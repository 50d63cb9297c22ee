import { z } from 'zod';
import { handler } from '../handling/handler.ts';
import { publishHomeOf } from './publish-home.ts';

const HomeOpened = z.object({ event: z.object({ tab: z.string().max(40).default('home') }) });

/** Somebody opens the app's home: it is made anew, also for those who are not linked yet, who see how to be. */
export const homeOpened = handler<z.output<typeof HomeOpened>>({
  name: 'event.app_home_opened',
  payload: HomeOpened,
  need: 'link',
  refusesQuietly: true,
  handle: async ({ event: { tab } }, surroundings) => {
    if (tab === 'home') await publishHomeOf(surroundings);
  },
});
