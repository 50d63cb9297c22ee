import type { World } from '../world.ts';
import type { Installation, SlackApp } from '../state/apps.ts';
import type { Channel } from '../state/channels.ts';
import { installationFor } from '../state/slack-state.ts';
import type { Message } from '../state/messages.ts';
import type { User } from '../state/workspaces.ts';
import { PersonCannot } from './cannot.ts';

/** One person at the keyboard. */
export interface Acting {
  readonly world: World;
  readonly user: User;
  /** How interactions of people from another company name their workspace: by their own, or by the app's. */
  readonly strangersTeam: 'home' | 'installation';
}

/** The channel, if this person is there and may still use Slack. */
export function enterChannel({ world, user }: Acting, id: string): Channel {
  const channel = world.state.channels.get(id);
  if (user.isDeleted) throw new PersonCannot(`${user.name} is deactivated`);
  if (channel === undefined || !channel.members.has(user.id)) {
    throw new PersonCannot(`${user.name} is not in the channel ${id}`);
  }
  return channel;
}

/** A message that this person sees. */
export function seenMessage(acting: Acting, channel: Channel, ts: string): Message {
  const message = channel.messages.get(ts);
  if (message === undefined || (message.onlyFor !== undefined && message.onlyFor !== acting.user.id)) {
    throw new PersonCannot(`there is no message ${ts} in ${channel.id} for ${acting.user.name}`);
  }
  return message;
}

/** An app that this person's own workspace has: other companies' apps offer him no commands and no Home tab. */
export function ownInstallation(
  { world, user }: Acting,
  matches: (app: SlackApp) => boolean,
  what: string,
): Installation {
  if (user.isDeleted) throw new PersonCannot(`${user.name} is deactivated`);
  const found = [...world.state.apps.values()]
    .toReversed()
    .filter(matches)
    .map((app) => installationFor(world.state, app, user.team))
    .find((one) => one !== undefined);
  if (found === undefined) throw new PersonCannot(`no app in the workspace of ${user.name} has ${what}`);
  return found;
}

/** The installation behind an app's message. */
export function installationBehind(world: World, message: Message): Installation {
  const found = world.state.installations.find(({ botUser, isActive }) => isActive && botUser.id === message.user);
  if (found === undefined) throw new PersonCannot(`the message ${message.ts} is of no app that is still installed`);
  return found;
}
