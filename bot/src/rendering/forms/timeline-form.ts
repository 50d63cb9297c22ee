import type { ModalView } from '@slack/types';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { viewIds } from '../action-ids.ts';
import type { IncidentLine } from '../incident/incident-list.ts';
import { severityWords } from '../incident/incident-words.ts';
import { line, richText, words } from '../text/rich-text.ts';
import { shown } from '../text/shown.ts';
import { plainText } from '../text/plain-text.ts';
import { formView, menuField, textField } from './form-view.ts';
import type { FormSubject } from './form-view.ts';

/** What a form shows until it is known what it offers. Nothing can be sent with it. */
export function waitingForm(title: string): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.shown,
    title: plainText(title, 24),
    close: plainText('Cancel', 24),
    blocks: [...richText(line(words('One moment …')))],
  };
}

/** Says why there is nothing to fill in. */
export function noForm(title: string, says: string): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.shown,
    title: plainText(title, 24),
    close: plainText('Close', 24),
    blocks: [{ type: 'section', text: plainText(says, 2000) }],
  };
}

/** Fields `incident`, `says`. `chosen`: the incident of the thread that the message stands in. */
export function timelineForm(
  subject: FormSubject,
  {
    incidents,
    chosen,
    text,
  }: { readonly incidents: readonly IncidentLine[]; readonly chosen: string | undefined; readonly text: string },
): ModalView {
  const choices = incidents.map(({ id, title, severity }) => ({
    value: id,
    label: shown(`${severityWords[severity]} ${title}`, 75),
    description: id,
  }));
  const initial = chosen ?? (choices.length === 1 ? choices[0]?.value : undefined);
  return formView(viewIds.addToTimeline, 'Add to timeline', 'Add', subject, [
    menuField('incident', { label: 'Of which incident?', choices, ...(initial === undefined ? {} : { initial }) }),
    textField('says', { label: 'What happened?', most: incidentBounds.text, lines: true, initial: text }),
  ]);
}
