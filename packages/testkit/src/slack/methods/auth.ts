import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod } from '../server/api-method.ts';
import { flagOf, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { revokeToken } from './uninstalling.ts';

const test: ApiMethod = ({ world, caller }) => {
  if (caller === undefined) throw new SlackError('not_authed');
  if (caller.installed === undefined) {
    return { app_name: caller.app.manifest.display_information.name, app_id: caller.app.id };
  }
  const { installation, team, user } = caller.installed;
  return {
    url: `${world.base()}/`,
    team: team.name,
    user: user.name,
    team_id: team.id,
    user_id: user.id,
    ...(user.bot === undefined ? {} : { bot_id: user.bot }),
    ...(team.enterprise === undefined ? {} : { enterprise_id: team.enterprise.id }),
    is_enterprise_install: installation.team === undefined,
  };
};

const revoke = asInstalled(({ world, args, token }) => {
  if (flagOf(args, 'test')) return { revoked: false };
  revokeToken(world, token);
  return { revoked: true };
});

const apiTest: ApiMethod = ({ args }) => {
  const error = textOf(args, 'error');
  if (error !== '') throw new SlackError(error, { args });
  return { args };
};

export const authMethods: Readonly<Record<string, ApiMethod>> = {
  'auth.test': test,
  'auth.revoke': revoke,
  'api.test': apiTest,
};
