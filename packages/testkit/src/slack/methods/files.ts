import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { asInstalled } from '../server/api-method.ts';
import { listOf, neededText, numberOf, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { describeFile, mimetypeOf } from '../state/files.ts';
import type { SlackFile } from '../state/files.ts';
import type { World } from '../world.ts';
import { joinedChannel } from './conversation.ts';
import { addBotMessage, threadIn } from './posting.ts';
import { readContent } from './message-content.ts';

export function isProcessed(world: World, file: SlackFile): boolean {
  return file.completedAt !== undefined && world.clock.now() >= file.completedAt + world.fileDelay;
}

const getUploadUrl = asInstalled(({ world, args, app, team, user }) => {
  const { ids } = world.state;
  // The second is what the SDK for Node.js sends.
  const altText = textOf(args, 'alt_txt') || textOf(args, 'alt_text');
  if ([...altText].length > 1000) throw new SlackError('alt_txt_too_large');
  const name = neededText(args, 'filename');
  const file: SlackFile = {
    id: ids.next('F'),
    team: team.id,
    app: app.id,
    user: user.id,
    name,
    title: name,
    announcedBytes: numberOf(args, 'length', 0),
    ...(altText === '' ? {} : { altText }),
    uploadToken: ids.secret(),
    mimetype: mimetypeOf(name),
    created: world.clock.now(),
    shares: new Map(),
    isDeleted: false,
  };
  world.state.files.set(file.id, file);
  return { upload_url: `${world.base()}/upload/v1/${file.uploadToken}`, file_id: file.id };
});

function uploaded({ world, app, team }: InstalledCall, id: unknown): SlackFile {
  const file = world.state.files.get(String(id));
  if (file === undefined || file.app !== app.id || file.team !== team.id || file.isDeleted) {
    throw new SlackError('file_not_found');
  }
  // Nothing arrived at the address, or other than was announced.
  if (file.content === undefined || file.content.length !== file.announcedBytes) {
    throw new SlackError('file_update_failed');
  }
  return file;
}

const completeUpload = asInstalled((call) => {
  const { world, args } = call;
  const given = listOf(args['files']);
  const files = given.map(({ id }) => uploaded(call, id));
  if (files.length === 0) throw new SlackError('invalid_arguments');
  const channelId = textOf(args, 'channel_id') || textOf(args, 'channels');
  const channel = channelId === '' ? undefined : joinedChannel(call, channelId);
  for (const [index, file] of files.entries()) {
    file.title = textOf(given[index] ?? {}, 'title') || file.title;
    file.completedAt = world.clock.now();
  }
  if (channel !== undefined) share(call, files, channel);
  return { files: files.map((file) => ({ id: file.id, title: file.title })) };
});

/** Slack answers before the message with the files is there: it comes when they are processed. */
function share(call: InstalledCall, files: SlackFile[], channel: ReturnType<typeof joinedChannel>): void {
  const { world, args, installation } = call;
  const thread = threadIn(channel, textOf(args, 'thread_ts'));
  const comment = textOf(args, 'initial_comment');
  const content =
    args['blocks'] === undefined ? { text: comment } : readContent({ text: comment, blocks: args['blocks'] });
  const post = (): void => {
    if (channel.isArchived || !installation.isActive) return;
    const message = addBotMessage(world, installation, channel, content, { ...thread, files });
    for (const file of files) file.shares.set(channel.id, [...(file.shares.get(channel.id) ?? []), message.ts]);
  };
  if (world.fileDelay === 0) post();
  else world.clock.after(world.fileDelay, post);
}

const info = asInstalled(({ world, args, team }) => {
  const file = world.state.files.get(neededText(args, 'file', 'file_not_found'));
  if (file === undefined || file.team !== team.id) throw new SlackError('file_not_found');
  if (file.isDeleted) throw new SlackError('file_deleted');
  return {
    file: describeFile(file, isProcessed(world, file), world.base()),
    comments: [],
    response_metadata: { next_cursor: '' },
  };
});

export const fileMethods: Readonly<Record<string, ApiMethod>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.info': info,
};
