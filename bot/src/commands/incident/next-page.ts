import { Click, oldButton, valueOf } from '../../deciding/click.ts';
import { handler } from '../../handling/handler.ts';
import { actionIds } from '../../rendering/action-ids.ts';
import { incidentPage, readPageValue } from './incident-page.ts';

/** Shows older incidents to who clicked, below the list. */
export const nextPage = handler<Click>({
  name: `action.${actionIds.nextPage}`,
  payload: Click,
  need: 'read',
  handle: async (click, surroundings) => {
    const page = readPageValue(valueOf(click));
    if (page === undefined || click.response_url === undefined) throw oldButton();
    await surroundings.slack.respond(click.response_url, await incidentPage(page, surroundings), surroundings.signal);
  },
});
