import type { ModalView } from '@slack/types';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { entered, FormPayload, missingFields, subjectOfForm } from '../forms/form-payload.ts';
import { handler } from '../handling/handler.ts';
import type { Surroundings } from '../handling/handler.ts';
import { askInThread } from '../mentions/ask-in-thread.ts';
import { sayAnswer } from '../mentions/say-in-thread.ts';
import type { TalkPlace } from '../mentions/talk-event.ts';
import { actionIds, viewIds } from '../rendering/action-ids.ts';
import { formView, textField } from '../rendering/forms/form-view.ts';
import type { FormSubject } from '../rendering/forms/form-view.ts';
import { changeIdIn, clickedChange, OfChange } from './change-card-of.ts';
import { carriedPlace, Click, messageAt, valueOf } from './click.ts';
import { openForm } from './open-form.ts';

function askAboutForm(subject: FormSubject): ModalView {
  return formView(viewIds.askAbout, 'Ask', 'Ask', subject, [
    textField('question', {
      label: 'What do you want to know?',
      most: 2000,
      lines: true,
      placeholder: 'who uses it?',
      hint: '"It" is what the change is about. The answer comes into the thread.',
    }),
  ]);
}

/** Asks for a question about what a change touches. */
export const askAbout = handler<Click>({
  name: `action.${actionIds.ask}`,
  payload: Click,
  need: 'read',
  handle: async (click, surroundings) => {
    const id = changeIdIn(valueOf(click));
    await openForm(
      click,
      'Ask',
      async () => {
        await clickedChange(id, click, surroundings);
        return askAboutForm({ ...carriedPlace(click), change: id });
      },
      surroundings,
    );
  },
});

/** The thread in which the card stands, or which it begins. */
async function threadOfCard(given: FormPayload, surroundings: Surroundings): Promise<TalkPlace> {
  const { channel, message } = subjectOfForm(given, OfChange);
  const kept = await messageAt({ channel, message }, surroundings);
  const parent = kept?.place.parent === undefined ? kept : await surroundings.store.messages.byKey(kept.place.parent);
  if (channel === undefined || parent === undefined || parent.ts === '') {
    throw new AutoDevOpsError(
      'usage',
      'I do not know the thread that this question belongs to.',
      'Mention me in the thread and ask there, or ask with /jamie ask.',
    );
  }
  return { channel, threadTs: parent.ts };
}

/** Answers it there. */
export const askAboutFormSent = handler<FormPayload>({
  name: `view.${viewIds.askAbout}`,
  payload: FormPayload,
  need: 'read',
  fieldErrors: (given) => missingFields(given, { question: 'Ask something.' }),
  handle: async (given, surroundings) => {
    const { change: id } = subjectOfForm(given, OfChange);
    const place = await threadOfCard(given, surroundings);
    await sayAnswer(
      await askInThread({ question: entered(given, 'question'), place, subject: { kind: 'change', id } }, surroundings),
      place,
      surroundings,
    );
  },
});
