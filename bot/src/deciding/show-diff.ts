import { handler } from '../handling/handler.ts';
import { actionIds } from '../rendering/action-ids.ts';
import { diffMessage } from '../rendering/change/diff-message.ts';
import { changeIdIn, clickedChange } from './change-card-of.ts';
import { Click, valueOf } from './click.ts';
import { uploadOnce } from './upload-once.ts';
import { whisperTo } from './whisper.ts';

/** What differs afterwards, to who asked; a long one as a file in the thread, where everybody sees the card. */
export const showDiff = handler<Click>({
  name: `action.${actionIds.showDiff}`,
  payload: Click,
  need: 'read',
  scopes: ['files:write'],
  handle: async (click, surroundings) => {
    const { message, file } = diffMessage(await clickedChange(changeIdIn(valueOf(click)), click, surroundings));
    await whisperTo(click, message, surroundings);
    if (file !== undefined) await uploadOnce(file, click, surroundings);
  },
});
