import { handler } from '../handling/handler.ts';
import type { Surroundings } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { sentenceMessage } from '../rendering/answer/sentence-message.ts';
import { keptNote } from '../threads/kept-note.ts';
import { ChangeNote, changeNoteName } from '../threads/thread-note.ts';
import { changeIdIn, clickedChange, refreshWhereClicked } from './change-card-of.ts';
import { Click, valueOf } from './click.ts';
import { linkToIncident } from './link-to-incident.ts';
import { whisperTo } from './whisper.ts';

/** The incident in whose thread the card of a change stands; empty where in none. */
async function incidentOf(change: string, { store, customer }: Surroundings): Promise<string> {
  return (await keptNote(store.notes, customer, changeNoteName(change), ChangeNote)).value?.incident ?? '';
}

/** Takes a change back in the name of who clicked: at once while it is on its way, else by a new change, which is proposed like any. */
export const undoChange = handler<Click>({
  name: `action.${actionIds.undo}`,
  payload: Click,
  need: 'act',
  handle: async (click, surroundings) => {
    const { agent, signal } = surroundings;
    const change = await clickedChange(changeIdIn(valueOf(click)), click, surroundings);
    const after = await agent.undo(
      { params: { id: change.id }, body: { why: 'Undo was pressed in Slack.' } },
      { signal },
    );
    if (after.id === change.id) return await refreshWhereClicked(after, click, surroundings);
    const incident = await incidentOf(change.id, surroundings);
    if (incident !== '') await linkToIncident(after, incident, surroundings);
    await whisperTo(click, sentenceMessage(`${after.id} is proposed, which takes it back.`, after.says), surroundings);
  },
});
