import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { neededText } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { covers } from '../state/apps.ts';
import { describeUser, isMet } from '../state/people.ts';
import type { User } from '../state/workspaces.ts';
import { pageOf } from './page.ts';

function isSeen({ world, installation, team }: InstalledCall, user: User): boolean {
  return covers(installation, user.team) || isMet(world.state, user, team);
}

const describe = (call: InstalledCall, user: User): Record<string, unknown> =>
  describeUser(call.world.state, user, call.team, call.token.scopes.includes('users:read.email'));

const info = asInstalled((call) => {
  const user = call.world.state.users.get(neededText(call.args, 'user', 'user_not_found'));
  if (user === undefined) throw new SlackError('user_not_found');
  if (!isSeen(call, user)) throw new SlackError('user_not_visible');
  return { user: describe(call, user) };
});

const list = asInstalled((call) => {
  const users = [...call.world.state.users.values()].filter((user) => isSeen(call, user));
  const { page, next } = pageOf(users, call.args, 1000);
  return { members: page.map((user) => describe(call, user)), response_metadata: { next_cursor: next } };
});

const lookupByEmail = asInstalled((call) => {
  const email = neededText(call.args, 'email', 'users_not_found').toLowerCase();
  const user = [...call.world.state.users.values()].find(
    (one) => covers(call.installation, one.team) && !one.isDeleted && !one.isBot && one.email.toLowerCase() === email,
  );
  if (user === undefined) throw new SlackError('users_not_found');
  return { user: describe(call, user) };
});

const botInfo = asInstalled((call) => {
  const id = neededText(call.args, 'bot', 'bot_not_found');
  const user = [...call.world.state.users.values()].find((one) => one.bot === id);
  if (user === undefined) throw new SlackError('bot_not_found');
  return {
    bot: {
      id,
      deleted: user.isDeleted,
      name: user.realName,
      updated: 0,
      app_id: user.app,
      user_id: user.id,
      icons: {},
    },
  };
});

const teamInfo = asInstalled(({ team }) => {
  const { enterprise } = team;
  return {
    team: {
      id: team.id,
      name: team.name,
      domain: team.domain,
      email_domain: '',
      icon: {},
      ...(enterprise === undefined ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name }),
    },
  };
});

export const peopleMethods: Readonly<Record<string, ApiMethod>> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
  'bots.info': botInfo,
  'team.info': teamInfo,
};
