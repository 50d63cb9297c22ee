import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { linkForm } from '../rendering/forms/link-form.ts';
import { Click } from '../deciding/click.ts';

/** The button for those who are not linked yet: a form asks for the code. */
export const linkAccount = handler<Click>({
  name: `action.${actionIds.link}`,
  payload: Click,
  need: 'link',
  handle: async ({ trigger_id: trigger, channel }, { slack, signal }) => {
    await slack.openView(trigger, linkForm(channel?.id === undefined ? {} : { channel: channel.id }), signal);
  },
});
