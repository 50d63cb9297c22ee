import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../handling/handler.ts';
import { answerStopped, noIncidentHere, talkHelp, timelineNoted } from '../rendering/answer/talk-messages.ts';
import { askInThread } from './ask-in-thread.ts';
import { sayAnswer, sayInThread, showAtWork } from './say-in-thread.ts';
import type { Spoken } from './spoken.ts';
import { Stopped, untilStopped } from './stopping.ts';
import type { TalkPlace } from './talk-event.ts';
import type { ThreadSubject } from './thread-subject.ts';

export interface Talk {
  readonly spoken: Spoken;
  readonly place: TalkPlace;
  readonly subject: ThreadSubject | undefined;
  /** It was said to the bot for certain: what it does not understand is told. In other people's talk it keeps silent. */
  readonly isAddressed: boolean;
}

async function note(text: string, { subject, place }: Talk, surroundings: Surroundings): Promise<void> {
  const { agent, slack, actor, signal } = surroundings;
  if (subject?.kind !== 'incident') return await sayInThread(noIncidentHere(), place, surroundings);
  const { title } = await agent.updateIncident({ params: { id: subject.id }, body: { says: text } }, { signal });
  await slack.whisper(
    { channel: place.channel, user: actor.user.id, threadTs: place.threadTs },
    timelineNoted(title),
    signal,
  );
}

/** Among people: what the bot has no answer to, or whoever may not ask, is none of its business. */
async function takeUp(text: string, { place, subject }: Talk, surroundings: Surroundings): Promise<void> {
  try {
    const answer = await askInThread({ question: text, place, subject }, surroundings);
    if (answer.outcome === 'answered' || answer.outcome === 'not-seen') await sayAnswer(answer, place, surroundings);
  } catch (error) {
    // A store that is away is tried again.
    if (!(error instanceof AutoDevOpsError) || error.code.startsWith('store.')) throw error;
    surroundings.log('a reply was left to people', { why: error.code });
  }
}

async function question(text: string, given: Talk, surroundings: Surroundings): Promise<void> {
  const { place, subject, isAddressed } = given;
  if (!isAddressed) return await takeUp(text, given, surroundings);
  await showAtWork(true, place, surroundings);
  // Slack itself takes the sign of it away with an answer that grew to its end.
  let isShown = true;
  try {
    await untilStopped(place, surroundings, async (stoppable) => {
      isShown = !(await sayAnswer(await askInThread({ question: text, place, subject }, stoppable), place, stoppable));
    });
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await sayInThread(answerStopped(), place, surroundings);
  } finally {
    if (isShown) await showAtWork(false, place, surroundings);
  }
}

/** Does what was said to the bot in a thread: answers, or notes it for the incident. */
export async function talk(given: Talk, surroundings: Surroundings): Promise<void> {
  const { spoken, place } = given;
  switch (spoken.kind) {
    case 'nothing':
      return await sayInThread(talkHelp(), place, surroundings);
    case 'note':
      return await note(spoken.text, given, surroundings);
    case 'question':
      return await question(spoken.text, given, surroundings);
  }
}
