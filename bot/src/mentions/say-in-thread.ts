import type { Surroundings } from '../handling/handler.ts';
import { streamedAnswer } from '../rendering/answer/streamed-answer.ts';
import { answerMessage } from '../rendering/answer/answer-message.ts';
import { seenCauseButtons } from '../rendering/diagnosis/seen-cause.ts';
import { wanted } from '../threads/wanted.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import type { Answer } from '@autodevops/domain/answer';
import type { TalkPlace } from './talk-event.ts';

function keyOf({ customer, event }: Surroundings): string {
  return `${customer}/answer/${event.id}`;
}

/** Says something in a thread, once however often the event is worked on. */
export async function sayInThread(
  message: SlackMessage,
  { channel, threadTs }: TalkPlace,
  surroundings: Surroundings,
): Promise<void> {
  const {
    store,
    event: { app, team },
    customer,
  } = surroundings;
  await store.messages.want([
    { ...wanted(keyOf(surroundings), customer, { app, team, channel, threadTs }, message), lane: 'interactive' },
  ]);
}

async function stream(
  answer: Answer,
  place: TalkPlace,
  { slack, actor, signal, ...rest }: Surroundings,
): Promise<void> {
  const { paragraphs, rest: beneath } = streamedAnswer(answer);
  const said = slack.stream(
    { ...place, user: actor.user.id, team: actor.user.team, key: keyOf({ slack, actor, signal, ...rest }) },
    signal,
  );
  for (const paragraph of paragraphs) await said.append(paragraph);
  await said.stop(beneath);
}

/**
 * Says an answer in a thread, growing in place. That it was begun is noted before, and stays so: after a crash, or where
 * Slack fails half-way, what stands there is looked for, and only what does not stand is said, whole. Gives whether it
 * grew to its end.
 */
export async function sayAnswer(answer: Answer, place: TalkPlace, surroundings: Surroundings): Promise<boolean> {
  const {
    slack,
    store: { notes },
    customer,
    event,
    now,
    signal,
  } = surroundings;
  const begun = `answer/${event.id}`;
  const wasBegun = (await notes.get(customer, begun)) !== undefined;
  if (!wasBegun) await notes.swap(customer, begun, undefined, { at: now().toISOString() });
  const isSaid =
    !wasBegun &&
    (await stream(answer, place, surroundings).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof SlackFailure) || signal.aborted) throw error;
        surroundings.log('an answer could not be streamed', { why: error.code });
        return false;
      },
    ));
  if (
    !isSaid &&
    (await slack.findPosted({ ...place, key: keyOf(surroundings) }, event.receivedAt, signal)) === undefined
  ) {
    await sayInThread(answerMessage(answer, seenCauseButtons), place, surroundings);
  }
  return isSaid;
}

/** Beneath the thread, as long as an answer takes, with a button that stops it. Where Slack does not show it, nothing is lost. */
export async function showAtWork(
  isAtWork: boolean,
  place: TalkPlace,
  { slack, actor, signal, log }: Surroundings,
): Promise<void> {
  await slack.showAtWork({ ...place, user: actor.user.id }, isAtWork, signal).catch((error: unknown) => {
    if (!(error instanceof SlackFailure)) throw error;
    log('that an answer is worked on was not shown', { why: error.code });
  });
}
