import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { Click, valueOf } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';
import { sayWhatWasMissed } from './while-away.ts';

/** Says that who clicked has seen it: nobody else is called then. */
export const acknowledgeIncident = handler<Click>({
  name: `action.${actionIds.acknowledge}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const incident = await clickedIncident(valueOf(click), click, surroundings);
    await surroundings.agent.acknowledgeIncident({ params: { id: incident.id } }, { signal: surroundings.signal });
    await sayWhatWasMissed(incident, click, surroundings);
  },
});

/** Makes who clicked its commander. */
export const assignMe = handler<Click>({
  name: `action.${actionIds.assignMe}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const incident = await clickedIncident(valueOf(click), click, surroundings);
    await surroundings.agent.assignIncident({ params: { id: incident.id }, body: {} }, { signal: surroundings.signal });
    await sayWhatWasMissed(incident, click, surroundings);
  },
});
