import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { postMortemFile, postMortemNumbers } from '../rendering/incident/post-mortem.ts';
import { Click, valueOf } from './click.ts';
import { clickedIncident } from './incident-of-click.ts';
import { uploadOnce } from './upload-once.ts';
import { whisperTo } from './whisper.ts';

/** The draft of the post-mortem as a file in the thread, its numbers to who asked. */
export const showPostMortem = handler<Click>({
  name: `action.${actionIds.postMortem}`,
  payload: Click,
  need: 'read',
  scopes: ['files:write'],
  handle: async (click, surroundings) => {
    const incident = await clickedIncident(valueOf(click), click, surroundings);
    const { markdown } = await surroundings.agent.postMortem(
      { params: { id: incident.id } },
      { signal: surroundings.signal },
    );
    await uploadOnce(postMortemFile(incident.id, markdown), click, surroundings);
    await whisperTo(click, postMortemNumbers(incident), surroundings);
  },
});
