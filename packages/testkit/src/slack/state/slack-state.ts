import type { AgentSession } from './agent-sessions.ts';
import type { Installation, RefreshToken, SlackApp, Token } from './apps.ts';
import { covers } from './apps.ts';
import type { AssistantPane } from './assistant-panes.ts';
import type { Channel } from './channels.ts';
import type { SlackFile } from './files.ts';
import { identifiers } from './identifiers.ts';
import type { Identifiers } from './identifiers.ts';
import type { View } from './views.ts';
import type { Enterprise, Team, User } from './workspaces.ts';

/** Everything that this Slack knows. Maps are by id, or by what their comment says. */
export interface SlackState {
  readonly ids: Identifiers;
  readonly enterprises: Map<string, Enterprise>;
  readonly teams: Map<string, Team>;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly apps: Map<string, SlackApp>;
  readonly installations: Installation[];
  /** By value. */
  readonly tokens: Map<string, Token>;
  /** By value. */
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly files: Map<string, SlackFile>;
  /** Modals of everybody, oldest first; Home tabs by `homeKey`. */
  readonly views: Map<string, View>;
  readonly homes: Map<string, View>;
  /** By channel and thread; of the Messages tab of an agent without a thread. */
  readonly assistantPanes: Map<string, AssistantPane>;
  /** By app, channel and thread. */
  readonly agentSessions: Map<string, AgentSession>;
}

export function emptyState(now: () => number): SlackState {
  return {
    ids: identifiers(now),
    enterprises: new Map(),
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    apps: new Map(),
    installations: [],
    tokens: new Map(),
    refreshTokens: new Map(),
    files: new Map(),
    views: new Map(),
    homes: new Map(),
    assistantPanes: new Map(),
    agentSessions: new Map(),
  };
}

export function homeKey(app: string, user: string): string {
  return `${app} ${user}`;
}

/** The installation of an app that a workspace is served by. */
export function installationFor(state: SlackState, app: SlackApp, team: Team): Installation | undefined {
  return state.installations.find((installation) => installation.app === app && covers(installation, team));
}

/** Installations whose bot is a member of a channel: those that are told of what happens there. */
export function installationsIn(state: SlackState, channel: Channel): readonly Installation[] {
  return state.installations.filter(({ isActive, botUser }) => isActive && channel.members.has(botUser.id));
}

/** Open modals of a person, the oldest first. */
export function openViews(state: SlackState, user: string): readonly View[] {
  return [...state.views.values()].filter((view) => view.user === user && view.isOpen);
}

/** The direct message between two users, made when there is none. */
export function directMessage(state: SlackState, one: User, other: User, now: number): Channel {
  const members = new Set([one.id, other.id]);
  const there = [...state.channels.values()].find(
    (channel) =>
      channel.kind === 'im' &&
      channel.members.size === members.size &&
      [...members].every((member) => channel.members.has(member)),
  );
  if (there !== undefined) return there;
  return addChannel(state, {
    team: one.team,
    kind: 'im',
    name: '',
    isPrivate: true,
    members,
    creator: one.id,
    teams: new Set([one.team, other.team]),
    created: now,
  });
}

type NewChannel = Pick<Channel, 'team' | 'kind' | 'name' | 'isPrivate' | 'members' | 'creator' | 'teams' | 'created'>;

export function addChannel(state: SlackState, given: NewChannel): Channel {
  const prefixes = { im: 'D', mpim: 'G', channel: 'C' } as const;
  const channel: Channel = {
    ...given,
    id: state.ids.next(prefixes[given.kind]),
    pendingTeams: new Set(),
    isArchived: false,
    messages: new Map(),
    pins: new Set(),
    bookmarks: [],
    topic: '',
    purpose: '',
  };
  state.channels.set(channel.id, channel);
  return channel;
}
