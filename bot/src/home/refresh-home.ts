import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { Click } from '../deciding/click.ts';
import { publishHomeOf } from './publish-home.ts';

export const refreshHome = handler<Click>({
  name: `action.${actionIds.refreshHome}`,
  payload: Click,
  need: 'link',
  handle: async (_, surroundings) => await publishHomeOf(surroundings),
});
