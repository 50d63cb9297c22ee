import type { ModalView } from '@slack/types';
import type { Incident } from '@autodevops/domain/incident/incident';
import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import type { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { viewIds } from '../action-ids.ts';
import { line, richText, words } from '../text/rich-text.ts';
import { choiceField, formView, menuField, textField } from './form-view.ts';
import type { Choice, FormSubject } from './form-view.ts';

const severities: readonly (Choice & { readonly value: IncidentSeverity })[] = [
  { value: 'sev1', label: 'SEV1', description: 'Most people cannot use the service' },
  { value: 'sev2', label: 'SEV2', description: 'Many people notice' },
  { value: 'sev3', label: 'SEV3', description: 'Some people notice' },
  { value: 'sev4', label: 'SEV4', description: 'Nobody notices yet' },
];

function severityField(initial: IncidentSeverity): ReturnType<typeof choiceField> {
  return choiceField('severity', { label: 'Severity', choices: severities, initial });
}

/** Fields `title`, `severity`. `title` may come from the message that it was opened on. */
export function openIncidentForm(subject: FormSubject, title = ''): ModalView {
  return formView(viewIds.openIncident, 'Open incident', 'Open', subject, [
    textField('title', {
      label: 'What is wrong?',
      most: incidentBounds.title,
      initial: title,
      hint: 'One sentence. Jamie looks at the cluster at once.',
    }),
    severityField('sev3'),
  ]);
}

/** Fields `severity`, `why`. */
export function severityForm(
  { id, severity, title }: Pick<Incident, 'id' | 'severity' | 'title'>,
  subject: FormSubject = {},
): ModalView {
  return formView(viewIds.severity, 'Severity', 'Set', { ...subject, incident: id }, [
    ...richText(line(words(title, 200))),
    severityField(severity),
    textField('why', { label: 'Why?', most: 1000, lines: true, optional: true }),
  ]);
}

const states: readonly Choice[] = [
  { value: 'investigating', label: 'Investigating', description: 'We look for the cause' },
  { value: 'mitigating', label: 'Mitigating', description: 'We know what to do and do it' },
  { value: 'monitoring', label: 'Monitoring', description: 'It is better; we watch it' },
];

/** Fields `says`, `state`, `task`, all optional; one of them has to be given. */
export function updateForm(
  { id, title, state }: Pick<Incident, 'id' | 'title' | 'state'>,
  subject: FormSubject = {},
): ModalView {
  return formView(viewIds.update, 'Update incident', 'Add', { ...subject, incident: id }, [
    ...richText(line(words(title, 200))),
    textField('says', { label: 'What is there to say?', most: incidentBounds.text, lines: true, optional: true }),
    menuField('state', { label: 'How does it stand?', choices: states, initial: state, optional: true }),
    textField('task', { label: 'What is to be done?', most: 500, optional: true }),
  ]);
}

/** Field `why`. */
export function resolveForm({ id, title }: Pick<Incident, 'id' | 'title'>, subject: FormSubject = {}): ModalView {
  return formView(viewIds.resolve, 'Resolve incident', 'Resolve', { ...subject, incident: id }, [
    ...richText(line(words(title, 200))),
    textField('why', {
      label: 'What ended it?',
      most: incidentBounds.text,
      lines: true,
      hint: 'It comes back by itself if its alerts do.',
    }),
  ]);
}
