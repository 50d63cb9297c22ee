import type { ApiMethod, Answer } from '../server/api-method.ts';
import { neededText, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import type { Installation, IssuedTokens, SlackApp } from '../state/apps.ts';
import { installApp, issueBotToken, issueUserToken } from '../state/installing.ts';
import type { World } from '../world.ts';
import type { Arguments } from '../server/arguments.ts';

/** The app that knows its own secret. */
function appOf(world: World, args: Arguments, authorization: string): SlackApp {
  const [basicId = '', basicSecret = ''] = /^basic /i.test(authorization)
    ? Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':')
    : [];
  const app = [...world.state.apps.values()].find(
    ({ clientId }) => clientId === (textOf(args, 'client_id') || basicId),
  );
  if (app === undefined) throw new SlackError('invalid_client_id');
  if ((textOf(args, 'client_secret') || basicSecret) !== app.clientSecret) throw new SlackError('bad_client_secret');
  return app;
}

const access: ApiMethod = ({ world, args, authorization }) => {
  const app = appOf(world, args, authorization);
  return textOf(args, 'grant_type') === 'refresh_token' ? refresh(world, args, app) : exchange(world, args, app);
};

/** https://docs.slack.dev/authentication/installing-with-oauth#exchanging */
function exchange(world: World, args: Arguments, app: SlackApp): Answer {
  const consent = world.codes.exchange(neededText(args, 'code', 'invalid_code'), app, textOf(args, 'redirect_uri'));
  const installation = installApp(world.state, app, consent.enterprise ?? consent.team, consent.user, consent.scopes);
  const issued = issueBotToken(world.state, installation, world.clock.now());
  const userToken =
    consent.userScopes.length === 0
      ? {}
      : {
          access_token: issueUserToken(world.state, installation, consent.user, consent.userScopes),
          scope: consent.userScopes.join(','),
          token_type: 'user',
        };
  return { ...described(installation, issued), authed_user: { id: consent.user.id, ...userToken } };
}

/** https://docs.slack.dev/authentication/using-token-rotation: a refresh token is good once */
function refresh(world: World, args: Arguments, app: SlackApp): Answer {
  const given = world.state.refreshTokens.get(neededText(args, 'refresh_token', 'invalid_refresh_token'));
  if (given === undefined || given.isUsed || given.installation.app !== app || !given.installation.isActive) {
    throw new SlackError('invalid_refresh_token');
  }
  given.isUsed = true;
  const installation =
    world.state.installations.find((one) => one.isActive && one.botUser === given.installation.botUser) ??
    given.installation;
  keepTwo(world, installation);
  return described(installation, issueBotToken(world.state, installation, world.clock.now()));
}

/** Beside the new token, the latest one holds until it expires; older ones do not. */
function keepTwo(world: World, installation: Installation): void {
  const rotating = [...world.state.tokens.values()].filter(
    (token) =>
      token.kind === 'bot' && token.user === installation.botUser && token.expiresAt !== undefined && !token.isRevoked,
  );
  for (const token of rotating.slice(0, -1)) token.isRevoked = true;
}

function described(installation: Installation, issued: IssuedTokens): Answer {
  const { team, enterprise } = installation;
  return {
    app_id: installation.app.id,
    scope: installation.scopes.join(','),
    token_type: 'bot',
    access_token: issued.token,
    ...(issued.refreshToken === undefined
      ? {}
      : { refresh_token: issued.refreshToken, expires_in: issued.expiresInSeconds }),
    bot_user_id: installation.botUser.id,
    team: team === undefined ? null : { id: team.id, name: team.name },
    enterprise: enterprise === undefined ? null : { id: enterprise.id, name: enterprise.name },
    is_enterprise_install: team === undefined,
  };
}

export const oauthMethods: Readonly<Record<string, ApiMethod>> = { 'oauth.v2.access': access };
