import { z } from 'zod';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { handler } from '../../handling/handler.ts';
import { actionIds } from '../../rendering/action-ids.ts';
import { isShareId, takeAnswer } from './kept-answer.ts';
import { requireOwnReaders } from './own-readers.ts';

const Click = z.object({
  response_url: z.url().max(1000),
  channel: z.object({ id: z.string().max(40) }),
  actions: z.tuple([z.object({ value: z.string().max(2000) })]),
});

function gone(): AutoDevOpsError {
  return new AutoDevOpsError(
    'usage',
    'This answer was shared already, or is older than half an hour.',
    'Ask again, with --share for everybody to see it at once.',
  );
}

/** Shows an answer that one person saw to everybody in the channel, exactly as he saw it. */
export const shareAnswer = handler<z.output<typeof Click>>({
  name: `action.${actionIds.share}`,
  payload: Click,
  need: 'read',
  handle: async ({ response_url: url, channel, actions: [{ value }] }, surroundings) => {
    if (!isShareId(value)) throw gone();
    await requireOwnReaders(channel.id, surroundings);
    const message = await takeAnswer(value, channel.id, surroundings);
    if (message === undefined) throw gone();
    await surroundings.slack.respond(url, { ...message, isShared: true }, surroundings.signal);
  },
});
