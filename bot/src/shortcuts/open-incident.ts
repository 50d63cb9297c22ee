import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { handler } from '../handling/handler.ts';
import { openIncidentForm } from '../rendering/forms/incident-forms.ts';
import { MessageShortcut, messageText, titleOf } from './shortcut-payload.ts';

/** On a message: a form whose title is the message's first line. The message is linked to the incident. */
export const openIncidentShortcut = handler<MessageShortcut>({
  name: 'shortcut.open-incident',
  payload: MessageShortcut,
  need: 'act',
  listing: { title: 'Open incident', description: 'Open an incident about what this message says', place: 'message' },
  handle: async ({ trigger_id: trigger, channel, message }, { slack, signal }) => {
    const title = [...titleOf(messageText(message, 4000))].slice(0, incidentBounds.title).join('');
    await slack.openView(trigger, openIncidentForm({ channel: channel.id, message: message.ts }, title), signal);
  },
});
