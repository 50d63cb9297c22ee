import { isExternallyShared } from './channels.ts';
import type { SlackState } from './slack-state.ts';
import { organisation } from './workspaces.ts';
import type { Team, User } from './workspaces.ts';

/** Whether two workspaces' people are of one company. */
export function isForeign(user: User, viewer: Team): boolean {
  return organisation(user.team) !== organisation(viewer);
}

/** Whether a viewer's workspace and a person share a channel by Slack Connect: otherwise the person cannot be seen. */
export function isMet(state: SlackState, user: User, viewer: Team): boolean {
  return [...state.channels.values()].some(
    (channel) =>
      channel.members.has(user.id) && [...channel.teams].some((team) => organisation(team) === organisation(viewer)),
  );
}

/**
 * A person as `users.info` tells a workspace. Of another company's people the address is hidden; `is_stranger` is for
 * those who share no channel with the app. https://docs.slack.dev/reference/objects/user-object
 */
export function describeUser(state: SlackState, user: User, viewer: Team, seesEmail: boolean): Record<string, unknown> {
  const foreign = isForeign(user, viewer);
  return {
    id: user.id,
    team_id: user.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.isDeleted,
    tz: user.timeZone,
    profile: describeProfile(user, seesEmail && !foreign),
    is_bot: user.isBot,
    is_app_user: false,
    updated: 0,
    ...(user.isDeleted ? {} : describeRole(user)),
    ...(foreign ? { is_stranger: !sharesChannel(state, user, viewer) } : {}),
    ...(user.team.enterprise === undefined
      ? {}
      : {
          enterprise_user: {
            id: user.id,
            enterprise_id: user.team.enterprise.id,
            enterprise_name: user.team.enterprise.name,
            teams: [user.team.id],
          },
        }),
  };
}

function describeRole(user: User): Record<string, unknown> {
  return {
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_email_confirmed: user.isEmailConfirmed,
  };
}

function describeProfile(user: User, seesEmail: boolean): Record<string, unknown> {
  return {
    real_name: user.realName,
    display_name: user.name,
    team: user.team.id,
    ...(seesEmail && !user.isBot ? { email: user.email } : {}),
    ...(user.isBot ? { api_app_id: user.app, bot_id: user.bot } : {}),
  };
}

function sharesChannel(state: SlackState, user: User, viewer: Team): boolean {
  return [...state.channels.values()].some(
    (channel) => isExternallyShared(channel) && channel.members.has(user.id) && channel.teams.has(viewer),
  );
}
