import { incidentBounds } from '@autodevops/domain/incident/incident-event';
import { handler } from '../handling/handler.ts';
import { subjectOf } from '../mentions/thread-subject.ts';
import { noForm, timelineForm, waitingForm } from '../rendering/forms/timeline-form.ts';
import { MessageShortcut, messageText } from './shortcut-payload.ts';

const title = 'Add to timeline';
const most = 100;

/** On a message: a form that asks which of the ongoing incidents it belongs to. It opens at once, before the agent was asked. */
export const addToTimelineShortcut = handler<MessageShortcut>({
  name: 'shortcut.add-to-timeline',
  payload: MessageShortcut,
  need: 'act',
  listing: { title, description: 'Keep what this message says in the timeline of an incident', place: 'message' },
  handle: async ({ trigger_id: trigger, channel, message }, surroundings) => {
    const { slack, agent, signal } = surroundings;
    const view = await slack.openView(trigger, waitingForm(title), signal);
    const [{ incidents }, thread] = await Promise.all([
      agent.incidents({ query: { ongoing: 'true', limit: most } }, { signal }),
      message.thread_ts === undefined
        ? undefined
        : subjectOf({ channel: channel.id, threadTs: message.thread_ts }, surroundings),
    ]);
    const chosen = thread?.kind === 'incident' ? thread.id : undefined;
    const form =
      incidents.length === 0
        ? noForm(title, 'No incident is open. Open one by the menu of the message.')
        : timelineForm(
            { channel: channel.id, message: message.ts },
            { incidents, chosen, text: messageText(message, incidentBounds.text) },
          );
    await slack.updateView(view, form, signal);
  },
});
