import { sentenceMessage } from '../rendering/answer/sentence-message.ts';
import type { LongText, PictureFile } from '../rendering/files/long-text.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import type { Surroundings } from '../handling/handler.ts';
import type { Click } from './click.ts';
import { whisperTo } from './whisper.ts';

/**
 * A file into the thread of a click. A file cannot be looked for by a key, so that it is sent is noted before, and stays
 * so: after a crash it is not sent again, and who clicked is told so. What Slack did not take for certain is no longer noted.
 */
export async function uploadOnce(
  file: LongText | PictureFile,
  click: Click,
  surroundings: Surroundings,
): Promise<void> {
  const {
    slack,
    store: { notes },
    event,
    customer,
    now,
    signal,
  } = surroundings;
  if (click.channel?.id === undefined) return;
  const name = `upload/${event.id}`;
  if ((await notes.get(customer, name)) !== undefined) {
    await whisperTo(
      click,
      sentenceMessage(
        'The file was being sent when I was interrupted.',
        'If it does not stand in the thread, click again.',
      ),
      surroundings,
    );
    return;
  }
  await notes.swap(customer, name, undefined, { at: now().toISOString() });
  const thread = click.message?.thread_ts ?? click.message?.ts;
  await slack
    .upload({ channel: click.channel.id, ...(thread === undefined ? {} : { threadTs: thread }), ...file }, signal)
    .catch(async (error: unknown) => {
      if (error instanceof SlackFailure && error.kind !== 'uncertain') await notes.remove(customer, name);
      throw error;
    });
}
