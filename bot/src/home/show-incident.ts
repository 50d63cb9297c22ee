import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { incidentCard } from '../rendering/incident/incident-card.ts';
import { Click, oldButton, valueOf } from '../deciding/click.ts';
import { showOnClick } from './show-on-click.ts';

/** Shows an incident with its buttons to who clicked. */
export const showIncident = handler<Click>({
  name: `action.${actionIds.showIncident}`,
  payload: Click,
  need: 'read',
  handle: async (click, surroundings) => {
    const { agent, signal } = surroundings;
    const id = valueOf(click);
    if (!/^inc-[a-z0-9]{6,32}$/.test(id)) throw oldButton();
    await showOnClick(
      click,
      'Incident',
      async () => {
        const [incident, { name }] = await Promise.all([
          agent.incident({ params: { id } }, { signal }),
          agent.cluster({}, { signal }),
        ]);
        return incidentCard(incident, { cluster: name });
      },
      surroundings,
    );
  },
});
