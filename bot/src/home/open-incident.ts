import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { openIncidentForm } from '../rendering/forms/incident-forms.ts';
import { Click } from '../deciding/click.ts';

export const openIncidentButton = handler<Click>({
  name: `action.${actionIds.openIncident}`,
  payload: Click,
  need: 'act',
  handle: async ({ trigger_id: trigger, channel }, { slack, signal }) => {
    await slack.openView(trigger, openIncidentForm(channel?.id === undefined ? {} : { channel: channel.id }), signal);
  },
});
