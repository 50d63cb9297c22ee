import type { World } from '../world.ts';
import { channelType, isExternallyShared } from '../state/channels.ts';
import type { Channel } from '../state/channels.ts';
import { installationsIn } from '../state/slack-state.ts';
import type { Message } from '../state/messages.ts';
import { describeMessage } from '../state/messages.ts';
import { tell, tellChannel } from './events.ts';

const subscriptions = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;

function tellOfMessage(world: World, channel: Channel, body: Readonly<Record<string, unknown>>): void {
  const type = channelType(channel);
  tellChannel(world, channel, {
    subscription: subscriptions[type],
    body: { type: 'message', ...body, channel: channel.id, channel_type: type },
  });
}

/** A new message: of itself, of mentions of bots in it, and of links that apps may unfurl. */
export function tellOfNewMessage(world: World, channel: Channel, message: Message): void {
  const body = { ...describeMessage(message), event_ts: message.ts, ...foreignFields(channel, message) };
  tellOfMessage(world, channel, body);
  if (message.app !== undefined) return;
  tellOfMentions(world, channel, message, body);
  tellOfLinks(world, channel, message);
}

/** Of an author from another company, events say so. */
function foreignFields(channel: Channel, message: Message): Record<string, unknown> {
  if (!isExternallyShared(channel)) return {};
  return { user_team: message.team, source_team: message.team, user_profile: { team: message.team } };
}

function tellOfMentions(
  world: World,
  channel: Channel,
  message: Message,
  body: Readonly<Record<string, unknown>>,
): void {
  for (const installation of installationsIn(world.state, channel)) {
    if (!message.text.includes(`<@${installation.botUser.id}>`)) continue;
    // In a direct message there is nobody else to mention: Slack sends no app_mention there.
    if (channel.kind === 'im') continue;
    tell(world, installation, {
      subscription: 'app_mention',
      body: { ...body, type: 'app_mention', channel: channel.id },
      channel,
    });
  }
}

const linkPattern = /<(https?:\/\/[^>|\s]+)(?:\|[^>]*)?>/g;

function tellOfLinks(world: World, channel: Channel, message: Message): void {
  const links = [...message.text.matchAll(linkPattern)]
    .map(([, url = '']) => url.replaceAll('&amp;', '&'))
    .flatMap((url) => (URL.canParse(url) ? [{ url, domain: new URL(url).hostname }] : []));
  for (const installation of installationsIn(world.state, channel)) {
    const domains = installation.app.manifest.features.unfurl_domains ?? [];
    const own = links.filter(({ domain }) => domains.some((one) => domain === one || domain.endsWith(`.${one}`)));
    if (own.length === 0) continue;
    for (const { url } of own) message.links.add(url);
    const body = {
      type: 'link_shared',
      channel: channel.id,
      is_bot_user_member: true,
      user: message.user,
      message_ts: message.ts,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
      unfurl_id: `${channel.id}.${message.ts}`,
      source: 'conversations_history',
      links: own,
      event_ts: message.ts,
    };
    tell(world, installation, { subscription: 'link_shared', body, channel });
  }
}

export function tellOfChangedMessage(
  world: World,
  channel: Channel,
  message: Message,
  before: Readonly<Record<string, unknown>>,
): void {
  const eventTs = world.state.ids.ts();
  tellOfMessage(world, channel, {
    subtype: 'message_changed',
    hidden: true,
    message: describeMessage(message),
    previous_message: before,
    ts: eventTs,
    event_ts: eventTs,
  });
}

export function tellOfDeletedMessage(world: World, channel: Channel, message: Message): void {
  const eventTs = world.state.ids.ts();
  tellOfMessage(world, channel, {
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: describeMessage(message),
    ts: eventTs,
    event_ts: eventTs,
  });
}
