import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { changeCard } from '../rendering/change/change-card.ts';
import { Click, oldButton, valueOf } from '../deciding/click.ts';
import { showOnClick } from './show-on-click.ts';

/** Shows a change with its buttons to who clicked. */
export const showChange = handler<Click>({
  name: `action.${actionIds.showChange}`,
  payload: Click,
  need: 'read',
  handle: async (click, surroundings) => {
    const { agent, signal } = surroundings;
    const id = valueOf(click);
    if (!/^chg-[a-z0-9]{6,32}$/.test(id)) throw oldButton();
    await showOnClick(
      click,
      'Change',
      async () => {
        const [change, { name }] = await Promise.all([
          agent.change({ params: { id } }, { signal }),
          agent.cluster({}, { signal }),
        ]);
        return changeCard(change, { cluster: name });
      },
      surroundings,
    );
  },
});
