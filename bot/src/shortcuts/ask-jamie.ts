import { handler } from '../handling/handler.ts';
import { askForm } from '../rendering/forms/ask-form.ts';
import { GlobalShortcut } from './shortcut-payload.ts';

/** From anywhere: a form for a question. */
export const askJamieShortcut = handler<GlobalShortcut>({
  name: 'shortcut.ask-jamie',
  payload: GlobalShortcut,
  need: 'read',
  listing: { title: 'Ask Jamie', description: 'Ask the cluster a question in plain words', place: 'global' },
  handle: async ({ trigger_id: trigger }, { slack, signal }) => {
    await slack.openView(trigger, askForm(), signal);
  },
});
