import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SlackApp } from '../state/apps.ts';
import type { User } from '../state/workspaces.ts';
import type { World } from '../world.ts';

/** A page of the authorisation asked for: what the app wants, and where the person is sent after it. */
interface Asked {
  readonly app: SlackApp;
  readonly scopes: readonly string[];
  readonly userScopes: readonly string[];
  readonly redirectUri: string;
  readonly state: string;
}

const listed = (text: string | null): readonly string[] => (text ?? '').split(/[,\s]+/).filter((one) => one !== '');

/** What is asked for, or Slack's words for why it cannot be. */
function readAsked({ state }: World, query: URLSearchParams): Asked | string {
  const app = [...state.apps.values()].find(({ clientId }) => clientId === query.get('client_id'));
  if (app === undefined) return 'invalid_client_id';
  const urls = app.manifest.oauth_config.redirect_urls ?? [];
  const redirectUri = query.get('redirect_uri') ?? urls[0] ?? '';
  // An address has to be one of the app's, or lie beneath one. https://docs.slack.dev/authentication/installing-with-oauth
  if (!urls.some((url) => redirectUri === url || redirectUri.startsWith(`${url.replace(/\/$/, '')}/`))) {
    return 'bad_redirect_uri';
  }
  const scopes = listed(query.get('scope'));
  const userScopes = listed(query.get('user_scope'));
  if (scopes.length + userScopes.length === 0) return 'invalid_scope';
  const unknown = scopes.filter((scope) => !app.manifest.oauth_config.scopes.bot.includes(scope));
  if (unknown.length > 0) return 'invalid_scope';
  return { app, scopes, userScopes, redirectUri, state: query.get('state') ?? '' };
}

/** Where a person who is signed in as `user` is sent after agreeing, or refusing; undefined: nowhere, the question was wrong. */
export function decide(
  world: World,
  url: URL,
  user: User,
  choice: { readonly isAllowed: boolean; readonly forOrganisation?: boolean },
): string | undefined {
  const asked = readAsked(world, url.searchParams);
  if (typeof asked === 'string') return undefined;
  const back = new URL(asked.redirectUri);
  if (asked.state !== '') back.searchParams.set('state', asked.state);
  if (!choice.isAllowed) {
    back.searchParams.set('error', 'access_denied');
    return back.href;
  }
  const { enterprise } = user.team;
  const isOrganisation =
    choice.forOrganisation === true &&
    enterprise !== undefined &&
    asked.app.manifest.settings.org_deploy_enabled === true;
  const code = world.codes.issue({
    app: asked.app,
    user,
    team: user.team,
    ...(isOrganisation ? { enterprise } : {}),
    scopes: asked.scopes,
    userScopes: asked.userScopes,
    redirectUri: asked.redirectUri,
  });
  back.searchParams.set('code', code);
  return back.href;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/** `GET /oauth/v2/authorize`: lists what is asked and offers to agree as one of the people; `as=USER` agrees at once. */
export function answerAuthorisePage(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): boolean {
  if (url.pathname !== '/oauth/v2/authorize' || request.method !== 'GET') return false;
  const asked = readAsked(world, url.searchParams);
  if (typeof asked === 'string') {
    response
      .writeHead(400, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>Slack</title><p>Something went wrong: ${escape(asked)}</p>`);
    return true;
  }
  const user = world.state.users.get(url.searchParams.get('as') ?? '');
  if (user !== undefined) {
    const to = decide(world, url, user, {
      isAllowed: url.searchParams.get('deny') !== '1',
      forOrganisation: url.searchParams.get('organisation') === '1',
    });
    response.writeHead(302, { location: to ?? '/' }).end();
    return true;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(world, asked, url));
  return true;
}

function page(world: World, { app, scopes }: Asked, url: URL): string {
  const people = [...world.state.users.values()].filter(({ isBot, isDeleted }) => !isBot && !isDeleted);
  const link = (user: User, extra: string): string => `${url.pathname}${url.search}&as=${user.id}${extra}`;
  const rows = people.map(
    (user) =>
      `<li>${escape(user.name)} of ${escape(user.team.name)}: <a href="${escape(link(user, ''))}">Allow</a> · <a href="${escape(link(user, '&deny=1'))}">Cancel</a></li>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Authorise</title><h1>${escape(app.manifest.display_information.name)} asks for</h1><ul>${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul><h2>Answer as</h2><ul>${rows.join('')}</ul></html>`;
}
