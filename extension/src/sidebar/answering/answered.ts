import { t } from '../../language/translate.ts';
import { answerParts, blindSpotsPart } from './answer-parts.ts';
import { aroundCauses } from './around.ts';
import type { AnswerNeeds } from './needs.ts';
import { progress, progressId } from './step.ts';
import type { Step } from './step.ts';
import type { ObjectName } from '../../tree/subject.ts';

export interface PlainQuestion {
  readonly question: string;
  /** Where its names are looked for; empty: everywhere. */
  readonly namespace: string;
}

/** A question in plain words, remembered in the conversation: it may lean on the one before. */
export async function* answered(
  { window, ...needs }: AnswerNeeds,
  { question, namespace }: PlainQuestion,
  signal: AbortSignal,
): AsyncGenerator<Step, readonly ObjectName[]> {
  yield progress(t('Reading the cluster …'));
  const client = await window.client(signal);
  const conversation = await needs.conversation(client, signal);
  const answer = await client.ask(
    { body: { question, conversation, ...(namespace === '' ? {} : { namespace }) } },
    { signal },
  );
  const { links, pages, turn } = needs;
  for (const put of answerParts(answer, links)) yield { put };
  if (answer.causes.length > 0) {
    yield { put: pages.first(turn, 'causes', t('On what that rests'), answer.causes, links) };
  }
  for (const put of blindSpotsPart(answer.blindSpots)) yield { put };
  yield* aroundCauses({ window, ...needs }, answer.causes, signal);
  yield { drop: progressId };
  return answer.objects;
}
