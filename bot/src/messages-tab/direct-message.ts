import { handler } from '../handling/handler.ts';
import { spokenIn } from '../mentions/spoken.ts';
import { botUserOf, placeOf, TalkEvent } from '../mentions/talk-event.ts';
import { talk } from '../mentions/talk.ts';

/** Somebody writes to the bot alone, in the Messages tab of the app. */
export const directMessage = handler<TalkEvent>({
  name: 'event.message.im',
  payload: TalkEvent,
  need: 'read',
  scopes: ['im:history'],
  handle: async (given, surroundings) => {
    await talk(
      {
        spoken: spokenIn(given.event.text, botUserOf(given)),
        place: placeOf(given),
        subject: undefined,
        isAddressed: true,
      },
      surroundings,
    );
  },
});
