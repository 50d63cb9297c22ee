import { handler } from '../handling/handler.ts';
import { spokenIn } from './spoken.ts';
import { botUserOf, placeOf, TalkEvent } from './talk-event.ts';
import { talk } from './talk.ts';
import { subjectOf } from './thread-subject.ts';

/** Somebody mentions the bot: it answers in the thread, or in one beneath. */
export const appMention = handler<TalkEvent>({
  name: 'event.app_mention',
  payload: TalkEvent,
  need: 'read',
  scopes: ['app_mentions:read'],
  handle: async (given, surroundings) => {
    const place = placeOf(given);
    await talk(
      {
        spoken: spokenIn(given.event.text, botUserOf(given)),
        place,
        subject: await subjectOf(place, surroundings),
        isAddressed: true,
      },
      surroundings,
    );
  },
});
