import type { Surroundings } from '../../handling/handler.ts';
import type { LongText, PictureFile } from '../../rendering/files/long-text.ts';
import { requireOwnReaders } from './own-readers.ts';

export const fileOption = {
  file: { takes: 'nothing', says: 'The whole of it as a file, for everybody in this channel.' },
} as const;

/** An answer too long for a message, or a picture of it, in the channel where it was asked for. Throws where others may read there. */
export async function uploadAnswer(
  file: LongText | PictureFile,
  channel: string,
  surroundings: Surroundings,
): Promise<void> {
  await requireOwnReaders(channel, surroundings);
  await surroundings.slack.upload({ channel, ...file }, surroundings.signal);
}
