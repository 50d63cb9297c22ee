import { handler } from '../handling/handler.ts';
import { isTalkedIn } from './conversation-note.ts';
import { maySpeakToBot, spokenIn } from './spoken.ts';
import { botUserOf, placeOf, TalkEvent } from './talk-event.ts';
import { talk } from './talk.ts';
import { subjectOf } from './thread-subject.ts';

/** Somebody writes into a thread without mentioning the bot: it takes up what it can answer, where it takes part already. */
export const threadReply = handler<TalkEvent>({
  name: 'event.message',
  payload: TalkEvent,
  need: 'read',
  refusesQuietly: true,
  scopes: ['channels:history', 'groups:history'],
  concerns: (given) => maySpeakToBot(given.event.text, botUserOf(given)),
  handle: async (given, surroundings) => {
    if (!maySpeakToBot(given.event.text, botUserOf(given))) return;
    const place = placeOf(given);
    const subject = await subjectOf(place, surroundings);
    if (subject === undefined && !(await isTalkedIn(place, surroundings))) return;
    await talk(
      { spoken: spokenIn(given.event.text, botUserOf(given)), place, subject, isAddressed: false },
      surroundings,
    );
  },
});
