import type { ApiMethod } from '../server/api-method.ts';
import { asInstalled } from '../server/api-method.ts';
import { neededText } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { covers } from '../state/apps.ts';
import { uninstallApp } from './uninstalling.ts';
import { pageOf } from './page.ts';

/** An address that one connection of Socket Mode may be made with. */
const openConnection: ApiMethod = ({ world, caller }) => {
  if (caller === undefined) throw new SlackError('not_authed');
  if (caller.app.manifest.settings.socket_mode_enabled !== true) throw new SlackError('forbidden_team');
  return {
    url: `${world.base().replace('http:', 'ws:')}/link/?ticket=${world.connections.ticket(caller.app)}&app_id=${caller.app.id}`,
  };
};

const uninstall = asInstalled(({ world, args, app, installation }) => {
  if (neededText(args, 'client_id') !== app.clientId) throw new SlackError('client_id_token_mismatch');
  if (neededText(args, 'client_secret') !== app.clientSecret) throw new SlackError('bad_client_secret');
  uninstallApp(world, installation);
  return {};
});

/** Workspaces that a token of an organisation reaches. */
const listTeams = asInstalled(({ world, args, installation }) => {
  const teams = [...world.state.teams.values()].filter((team) => covers(installation, team));
  const { page, next } = pageOf(teams, args, 100);
  return { teams: page.map(({ id, name }) => ({ id, name })), response_metadata: { next_cursor: next } };
});

/** Of the app that the token's owner made; of another's nothing is told. */
const exportManifest: ApiMethod = ({ args, caller }) => {
  if (caller === undefined) throw new SlackError('not_authed');
  const id = neededText(args, 'app_id');
  if (!/^A[A-Z0-9]{2,20}$/.test(id)) throw new SlackError('invalid_app_id');
  if (id !== caller.app.id) throw new SlackError('app_not_found');
  return { manifest: { _metadata: { major_version: 1, minor_version: 1 }, ...caller.app.manifest } };
};

export const appMethods: Readonly<Record<string, ApiMethod>> = {
  'apps.connections.open': openConnection,
  'apps.manifest.export': exportManifest,
  'apps.uninstall': uninstall,
  'auth.teams.list': listTeams,
};
