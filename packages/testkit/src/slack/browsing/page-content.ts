import { isAtWork } from '../state/agent-sessions.ts';
import { statusAt } from '../state/assistant-panes.ts';
import type { Channel } from '../state/channels.ts';
import type { SlackFile } from '../state/files.ts';
import type { Message } from '../state/messages.ts';
import { openViews } from '../state/slack-state.ts';
import type { View } from '../state/views.ts';
import type { User } from '../state/workspaces.ts';
import type { ChannelPage } from '../page/channel-page.ts';
import type { PageFile, PageMessage } from '../page/message-html.ts';
import type { Names } from '../page/names.ts';
import type { PageView } from '../page/view-html.ts';
import { listOf, recordOf } from '../server/arguments.ts';
import type { World } from '../world.ts';

type Blocks = NonNullable<PageMessage['blocks']>;

export function namesOf({ state, clock }: World, viewer: User): Names {
  const users = Object.fromEntries([...state.users.values()].map(({ id, name }) => [id, name]));
  const channels = Object.fromEntries([...state.channels.values()].map(({ id, name }) => [id, name]));
  return { users, channels, now: new Date(clock.now()).toISOString(), zone: viewer.timeZone };
}

/** What hangs beneath a message: blocks of attachments, and of links that an app has unfurled. */
function hangingBlocks({ attachments, unfurls }: Message): Blocks {
  return [...listOf(attachments), ...Object.values(unfurls ?? {}).map(recordOf)].flatMap(({ blocks }) =>
    listOf(blocks),
  );
}

function blocksOf(message: Message): Blocks {
  const hanging = hangingBlocks(message);
  // What was streamed is Markdown, and stays above the blocks that it ended with.
  const streamed =
    message.stream === undefined || message.text === '' ? [] : [{ type: 'markdown', text: message.text }];
  const own = [...streamed, ...(message.blocks ?? [])];
  if (hanging.length === 0 || own.length > 0) return [...own, ...hanging];
  return [{ type: 'section', text: { type: 'mrkdwn', text: message.text } }, ...hanging];
}

function pageFile({ name, title, mimetype, content, altText = '' }: SlackFile): PageFile {
  if (content === undefined) return { name, title };
  if (mimetype === 'image/png') return { name, title, png: { base64: content.toString('base64'), altText } };
  return { name, title, ...(mimetype.startsWith('text/') ? { text: content.toString('utf8') } : {}) };
}

function pageMessage({ state }: World, channel: Channel, message: Message): PageMessage {
  const author = state.users.get(message.user);
  const named = (ids: Iterable<string>): readonly string[] => [...ids].map((id) => state.users.get(id)?.name ?? id);
  return {
    ts: message.ts,
    author: {
      name: message.username ?? (author?.isBot === true ? author.realName : author?.name) ?? message.user,
      isApp: author?.isBot === true,
    },
    text: message.text,
    blocks: blocksOf(message),
    files: (message.files ?? []).map(pageFile),
    reactions: Object.fromEntries([...message.reactions].map(([name, users]) => [name, named(users)])),
    isEdited: message.edited !== undefined,
    isPinned: channel.pins.has(message.ts),
    isStreaming: message.stream?.isOpen === true,
    isOnlyForYou: message.onlyFor !== undefined,
  };
}

function pageView({ state }: World, view: View): PageView {
  return {
    id: view.id,
    app: state.apps.get(view.app)?.manifest.display_information.name ?? view.app,
    view: { ...view.content },
  };
}

/** The form that lies on top of everything; nothing where none is open. */
export function openForm(world: World, viewer: User): { readonly modal?: PageView } {
  const top = openViews(world.state, viewer.id).at(-1);
  return top === undefined ? {} : { modal: pageView(world, top) };
}

/** An app's Home tab; empty until the app has published it. */
export function homeView(world: World, view: View | undefined, appName: string): PageView {
  return view === undefined ? { id: '', app: appName, view: { type: 'home', blocks: [] } } : pageView(world, view);
}

/** A channel as one person has it before his eyes. */
export function channelContent(world: World, viewer: User, channel: Channel, openThread: string): ChannelPage {
  const seen = [...channel.messages.values()].filter(({ onlyFor }) => onlyFor === undefined || onlyFor === viewer.id);
  const roots = seen.filter(({ threadTs, isBroadcast }) => threadTs === undefined || isBroadcast === true);
  const threads = roots.map((root) => ({
    root: pageMessage(world, channel, root),
    replies: seen.filter(({ threadTs }) => threadTs === root.ts).map((one) => pageMessage(world, channel, one)),
  }));
  const status = isAtWork(world.state, channel.id, openThread)
    ? 'is at work …'
    : statusAt(world.state, channel.id, openThread, world.clock.now());
  const other = [...channel.members].find((id) => id !== viewer.id) ?? viewer.id;
  return {
    workspace: viewer.team.name,
    channel: {
      name: channel.kind === 'im' ? (world.state.users.get(other)?.name ?? other) : channel.name,
      isPrivate: channel.isPrivate,
      topic: status === '' ? channel.topic : status,
    },
    threads,
    ...(openThread === '' ? {} : { openThread }),
    ...openForm(world, viewer),
    names: namesOf(world, viewer),
  };
}
