import type { Message } from './messages.ts';
import { organisation } from './workspaces.ts';
import type { Team, User } from './workspaces.ts';

/** A conversation: public or private channel, direct message, group message. */
export interface Channel {
  readonly id: string;
  /** Where it was made. */
  readonly team: Team;
  /** Workspaces that see it: more than one when it is shared. */
  readonly teams: Set<Team>;
  /** Invited by Slack Connect, not accepted yet. */
  readonly pendingTeams: Set<string>;
  name: string;
  isPrivate: boolean;
  readonly kind: 'channel' | 'im' | 'mpim';
  isArchived: boolean;
  readonly creator: string;
  readonly created: number;
  readonly members: Set<string>;
  /** By `ts`, oldest first. */
  readonly messages: Map<string, Message>;
  /** `ts` of pinned messages. */
  readonly pins: Set<string>;
  readonly bookmarks: Bookmark[];
  topic: string;
  purpose: string;
}

export interface Bookmark {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string;
}

export function isExternallyShared(channel: Channel): boolean {
  return new Set([...channel.teams].map(organisation)).size > 1;
}

/** Subscription that tells of its messages: `message.channels`, `message.groups`, `message.im`, `message.mpim`. */
export function channelType(channel: Channel): 'channel' | 'group' | 'im' | 'mpim' {
  if (channel.kind !== 'channel') return channel.kind;
  return channel.isPrivate ? 'group' : 'channel';
}

/** A conversation as `conversations.info` tells it to a member or a stranger. */
export function describeChannel(channel: Channel, viewer: User): Record<string, unknown> {
  const shared = isExternallyShared(channel);
  const other = [...channel.members].find((member) => member !== viewer.id) ?? viewer.id;
  return {
    id: channel.id,
    created: Math.floor(channel.created / 1000),
    creator: channel.creator,
    is_archived: channel.isArchived,
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_channel: channel.kind === 'channel' && !channel.isPrivate,
    is_group: channel.kind === 'channel' && channel.isPrivate,
    is_private: channel.isPrivate,
    is_member: channel.members.has(viewer.id),
    is_general: false,
    is_shared: channel.teams.size > 1,
    is_ext_shared: shared,
    is_org_shared: channel.teams.size > 1 && !shared,
    is_pending_ext_shared: channel.pendingTeams.size > 0,
    pending_connected_team_ids: [...channel.pendingTeams],
    pending_shared: [...channel.pendingTeams],
    context_team_id: viewer.team.id,
    ...(channel.kind === 'im' ? { user: other, is_open: true, latest: undefined } : named(channel)),
    ...(shared
      ? { connected_team_ids: [...channel.teams].map(({ id }) => id), conversation_host_id: channel.team.id }
      : {}),
    shared_team_ids: [...channel.teams].map(({ id }) => id),
    num_members: channel.members.size,
  };
}

function named(channel: Channel): Record<string, unknown> {
  return {
    name: channel.name,
    name_normalized: channel.name,
    topic: { value: channel.topic, creator: channel.topic === '' ? '' : channel.creator, last_set: 0 },
    purpose: { value: channel.purpose, creator: channel.purpose === '' ? '' : channel.creator, last_set: 0 },
    previous_names: [],
  };
}
