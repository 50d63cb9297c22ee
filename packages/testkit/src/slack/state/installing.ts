import { AppManifest } from './app-manifest.ts';
import type { Installation, IssuedTokens, SlackApp, Token } from './apps.ts';
import type { SlackState } from './slack-state.ts';
import type { Enterprise, Team, User } from './workspaces.ts';

/** Twelve hours. https://docs.slack.dev/authentication/using-token-rotation */
const rotatingSeconds = 43_200;

export interface NewSlackApp {
  readonly manifest: unknown;
  readonly requestUrl?: string;
  readonly signingSecret?: string;
  readonly distribution?: SlackApp['distribution'];
}

export function createApp(state: SlackState, given: NewSlackApp): SlackApp {
  const { ids } = state;
  const app: SlackApp = {
    id: ids.next('A'),
    clientId: `${Number.parseInt(ids.secret(5), 16)}.${Number.parseInt(ids.secret(5), 16)}`,
    clientSecret: ids.secret(),
    signingSecret: given.signingSecret ?? ids.secret(),
    verificationToken: ids.secret(12),
    manifest: AppManifest.parse(given.manifest),
    requestUrl: given.requestUrl,
    distribution: given.distribution ?? 'internal',
  };
  state.apps.set(app.id, app);
  return app;
}

/** An organisation has no workspace of its own to put the bot into: it lives in the first. */
function homeOf(state: SlackState, where: Team | Enterprise): Team {
  const team =
    state.teams.get(where.id) ?? [...state.teams.values()].find(({ enterprise }) => enterprise?.id === where.id);
  if (team === undefined) throw new Error(`there is no workspace for ${where.id}`);
  return team;
}

export function createUser(state: SlackState, team: Team, user: Partial<User> & Pick<User, 'name'>): User {
  const made: User = {
    realName: user.name,
    email: '',
    isEmailConfirmed: true,
    isDeleted: false,
    isAdmin: false,
    isRestricted: false,
    isUltraRestricted: false,
    isBot: false,
    timeZone: 'Etc/UTC',
    ...user,
    id: state.ids.next('U'),
    team,
  };
  state.users.set(made.id, made);
  return made;
}

/** Installs an app, or gives an installation that is there more scopes, as a second consent does. */
export function installApp(
  state: SlackState,
  app: SlackApp,
  where: Team | Enterprise,
  installer: User,
  scopes: readonly string[],
): Installation {
  const isTeam = state.teams.has(where.id);
  const home = homeOf(state, where);
  const there = state.installations.find(
    (one) => one.app === app && one.isActive && (one.team ?? one.enterprise)?.id === where.id,
  );
  const name = app.manifest.features.bot_user?.display_name ?? app.manifest.display_information.name;
  const installation: Installation = {
    app,
    ...(isTeam
      ? { team: home, ...(home.enterprise === undefined ? {} : { enterprise: home.enterprise }) }
      : { enterprise: where as Enterprise }),
    botUser:
      there?.botUser ??
      createUser(state, home, {
        name: name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''),
        realName: name,
        isBot: true,
        app: app.id,
        bot: state.ids.next('B'),
      }),
    installer,
    scopes: [...new Set([...(there?.scopes ?? []), ...scopes])],
    isActive: true,
  };
  if (there === undefined) state.installations.push(installation);
  else state.installations.splice(state.installations.indexOf(there), 1, installation);
  return installation;
}

/** A token for the bot, and with rotation what it is renewed by. Of tokens that rotate, two hold at a time. */
export function issueBotToken(state: SlackState, installation: Installation, now: number): IssuedTokens {
  const { ids } = state;
  const isRotating = installation.app.manifest.settings.token_rotation_enabled === true;
  const value = `${isRotating ? 'xoxe.' : ''}xoxb-${ids.secret(12)}-${ids.secret()}`;
  const token: Token = {
    value,
    kind: 'bot',
    app: installation.app,
    installation,
    user: installation.botUser,
    scopes: installation.scopes,
    isRevoked: false,
    ...(isRotating ? { expiresAt: now + rotatingSeconds * 1000 } : {}),
  };
  state.tokens.set(value, token);
  if (!isRotating) return { token: value };
  const refresh = { value: `xoxe-1-${ids.secret(24)}`, installation, isUsed: false };
  state.refreshTokens.set(refresh.value, refresh);
  return { token: value, refreshToken: refresh.value, expiresInSeconds: rotatingSeconds };
}

export function issueUserToken(
  state: SlackState,
  installation: Installation,
  user: User,
  scopes: readonly string[],
): string {
  const value = `xoxp-${state.ids.secret(12)}-${state.ids.secret()}`;
  state.tokens.set(value, { value, kind: 'user', app: installation.app, installation, user, scopes, isRevoked: false });
  return value;
}

export function issueAppToken(state: SlackState, app: SlackApp, scopes: readonly string[]): string {
  const value = `xapp-1-${app.id}-${state.ids.secret()}`;
  state.tokens.set(value, { value, kind: 'app', app, scopes, isRevoked: false });
  return value;
}

/** Of whoever made the app, for its settings alone; it holds twelve hours. https://docs.slack.dev/authentication/tokens#config */
export function issueConfigurationToken(state: SlackState, app: SlackApp, now: number): string {
  const value = `xoxe.xoxp-1-${state.ids.secret()}`;
  state.tokens.set(value, {
    value,
    kind: 'configuration',
    app,
    scopes: [],
    isRevoked: false,
    expiresAt: now + 12 * 3_600_000,
  });
  return value;
}
