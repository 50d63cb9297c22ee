import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { killSwitchForm } from '../rendering/forms/change-forms.ts';
import { Click, oldButton } from '../deciding/click.ts';

/** The button of the kill switch: a form asks why, and says once more what happens. The button says which way. */
export const turnKillSwitch = handler<Click>({
  name: `action.${actionIds.killSwitch}`,
  payload: Click,
  need: 'act',
  handle: async ({ trigger_id: trigger, actions: [{ value }] }, { slack, signal }) => {
    if (value !== 'on' && value !== 'off') throw oldButton();
    await slack.openView(trigger, killSwitchForm(value === 'off'), signal);
  },
});
