import { handler } from '../handling/handler.ts';
import { viewIds } from '../rendering/action-ids.ts';
import { killSwitchMessage } from '../rendering/agent/kill-switch.ts';
import { afterForm } from './after-form.ts';
import { entered, FormPayload, missingFields, subjectOfForm } from './form-payload.ts';
import { OfKillSwitch } from './form-subject.ts';

/** Turns the kill switch the way that the form said. Whether its sender may is for the agent to say. */
export const killSwitchForm = handler<FormPayload>({
  name: `view.${viewIds.killSwitch}`,
  payload: FormPayload,
  need: 'act',
  fieldErrors: (given) => missingFields(given, { why: 'Say why: everybody who asks reads it.' }),
  handle: async (given, surroundings) => {
    const { agent, signal } = surroundings;
    const { on } = subjectOfForm(given, OfKillSwitch);
    const turned = await agent.setKillSwitch({ body: { on: on === 'on', why: entered(given, 'why') } }, { signal });
    await afterForm({}, killSwitchMessage(turned), surroundings);
  },
});
