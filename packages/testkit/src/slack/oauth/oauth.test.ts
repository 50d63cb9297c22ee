import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, LogLevel } from '@slack/bolt';
import type { Installation } from '@slack/bolt';
import { expect, it, onTestFinished } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

const rotating = {
  ...everything,
  settings: { ...everything.settings, token_rotation_enabled: true, org_deploy_enabled: true },
};
const quiet = (): void => undefined;
const redirectUri = 'https://bot.example.com/slack/oauth_redirect';

function pageFor({ slack, app }: Scene, query: Readonly<Record<string, string>> = {}): string {
  return `${slack.authorisationUrl}?${new URLSearchParams({ client_id: app.clientId, scope: 'chat:write,commands', state: 'abc', redirect_uri: redirectUri, ...query }).toString()}`;
}

function codeOf(url: string | undefined): string {
  return new URL(url ?? 'http://nowhere/').searchParams.get('code') ?? '';
}

const exchange = (
  { slack, app }: Scene,
  args: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> =>
  callApi(slack.apiUrl, 'oauth.v2.access', '', {
    client_id: app.clientId,
    client_secret: app.clientSecret,
    ...args,
  }).then(({ answer }) => answer);

it('who agrees is sent back with a code and the state, and the code buys a token', async () => {
  const set = await scene();
  const back = set.slack.authorise(pageFor(set), set.ann);
  expect(back).toMatch(/^https:\/\/bot\.example\.com\/slack\/oauth_redirect\?state=abc&code=/);
  const answer = await exchange(set, { code: codeOf(back), redirect_uri: redirectUri });
  expect(answer).toMatchObject({
    ok: true,
    app_id: set.app.id,
    team: { id: set.team.id },
    token_type: 'bot',
    authed_user: { id: set.ann.id },
    is_enterprise_install: false,
  });
  expect((await callApi(set.slack.apiUrl, 'auth.test', String(answer['access_token']))).answer).toMatchObject({
    ok: true,
    team_id: set.team.id,
  });
});

it('who refuses is sent back with an error', async () => {
  const set = await scene();
  expect(set.slack.authorise(pageFor(set), set.ann, { isAllowed: false })).toBe(
    `${redirectUri}?state=abc&error=access_denied`,
  );
});

it('a code is good once, for ten minutes, for its app and its address', async () => {
  const set = await scene();
  const code = (): string => codeOf(set.slack.authorise(pageFor(set), set.ann));
  const used = code();
  await exchange(set, { code: used });
  expect(await exchange(set, { code: used })).toMatchObject({ error: 'code_already_used' });
  expect(await exchange(set, { code: code(), redirect_uri: 'https://elsewhere.example.com/' })).toMatchObject({
    error: 'bad_redirect_uri',
  });
  expect(await exchange(set, { code: code(), client_secret: 'guessed' })).toMatchObject({ error: 'bad_client_secret' });
  expect(await exchange(set, { code: code(), client_id: '1.2' })).toMatchObject({ error: 'invalid_client_id' });
  const other = set.slack.addApp({ manifest: everything });
  expect(await exchange({ ...set, app: other }, { code: code() })).toMatchObject({ error: 'invalid_code' });
  const old = code();
  await set.slack.clock.advance(10 * 60_000 + 1);
  expect(await exchange(set, { code: old })).toMatchObject({ error: 'invalid_code' });
});

it.each([
  ['an address that is not the app’s', { redirect_uri: 'https://evil.example.com/' }],
  [
    'an address that only begins like the app’s',
    { redirect_uri: 'https://bot.example.com.evil.test/slack/oauth_redirect' },
  ],
  ['an address that goes on like the app’s', { redirect_uri: `${redirectUri}.evil` }],
  ['a scope that the app does not have', { scope: 'admin' }],
  ['no scope at all', { scope: '' }],
  ['an app that there is not', { client_id: '1.2' }],
])('nobody is asked for %s', async (_, query) => {
  const set = await scene();
  expect(set.slack.authorise(pageFor(set, query), set.ann)).toBeUndefined();
  expect((await fetch(pageFor(set, query))).status).toBe(400);
});

it('the page shows what is asked for and offers to answer as somebody', async () => {
  const set = await scene();
  const html = await (await fetch(pageFor(set))).text();
  expect(html).toContain('chat:write');
  const redirected = await fetch(`${pageFor(set)}&as=${set.ann.id}`, { redirect: 'manual' });
  expect([redirected.status, codeOf(redirected.headers.get('location') ?? undefined)]).toEqual([
    302,
    expect.stringMatching(/.+/) as string,
  ]);
});

it('an app that is made for organisations is installed for all of one', async () => {
  const set = await scene({}, { manifest: rotating });
  const enterprise = set.slack.addEnterprise('Group');
  const boss = set.slack.addUser(set.slack.addTeam('One', enterprise), { name: 'boss', isAdmin: true });
  const answer = await exchange(set, {
    code: codeOf(set.slack.authorise(pageFor(set), boss, { forOrganisation: true })),
  });
  expect(answer).toMatchObject({ team: null, enterprise: { id: enterprise.id }, is_enterprise_install: true });
});

it('a token that rotates ends after twelve hours, and its refresh token is good once', async () => {
  const set = await scene({}, { manifest: rotating });
  const first = await exchange(set, { code: codeOf(set.slack.authorise(pageFor(set), set.ann)) });
  expect(first).toMatchObject({ access_token: expect.stringMatching(/^xoxe\.xoxb-/) as string, expires_in: 43_200 });
  const renew = (token: unknown): ReturnType<typeof exchange> =>
    exchange(set, { grant_type: 'refresh_token', refresh_token: token });
  const test = async (token: unknown): Promise<unknown> =>
    (await callApi(set.slack.apiUrl, 'auth.test', String(token))).answer['error'];
  const second = await renew(first['refresh_token']);
  expect(second).toMatchObject({
    ok: true,
    refresh_token: expect.not.stringMatching(String(first['refresh_token'])) as string,
  });
  expect(await renew(first['refresh_token'])).toMatchObject({ error: 'invalid_refresh_token' });
  expect([await test(first['access_token']), await test(second['access_token'])]).toEqual([undefined, undefined]);
  const third = await renew(second['refresh_token']);
  expect([await test(first['access_token']), await test(second['access_token'])]).toEqual(['token_revoked', undefined]);
  await set.slack.clock.advance(43_200_000);
  expect(await test(third['access_token'])).toBe('token_expired');
});

it('a Bolt app is installed through it, with cookie and state', async () => {
  const set = await scene(
    {},
    { manifest: { ...everything, oauth_config: { ...everything.oauth_config, redirect_urls: ['http://127.0.0.1'] } } },
  );
  const kept: Installation[] = [];
  const bolt = new App({
    signingSecret: set.app.signingSecret,
    clientId: set.app.clientId,
    clientSecret: set.app.clientSecret,
    stateSecret: 'a secret of the test',
    scopes: ['chat:write', 'commands'],
    // One callback is refused on purpose, which Bolt would tell the whole terminal.
    logger: {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: quiet,
      setLevel: quiet,
      setName: quiet,
      getLevel: () => LogLevel.ERROR,
    },
    clientOptions: { slackApiUrl: set.slack.apiUrl },
    installerOptions: { authorizationUrl: set.slack.authorisationUrl, directInstall: true },
    installationStore: {
      storeInstallation: (installation) => {
        kept.push(installation as Installation);
        return Promise.resolve();
      },
      fetchInstallation: () => Promise.resolve(kept[0] as never),
    },
  });
  const server = (await bolt.start({ port: 0, host: '127.0.0.1' })) as Server;
  onTestFinished(async () => {
    await bolt.stop();
  });
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked = await fetch(`${home}/slack/install`, { redirect: 'manual' });
  const cookie = asked.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = new URL(asked.headers.get('location') ?? '');
  page.searchParams.set('redirect_uri', 'http://127.0.0.1/slack/oauth_redirect');
  const back = new URL(set.slack.authorise(page.href, set.ann) ?? '');
  expect((await fetch(`${home}/slack/oauth_redirect${back.search}`)).status).toBe(400);
  const again = new URL(set.slack.authorise(page.href, set.ann) ?? '');
  expect((await fetch(`${home}/slack/oauth_redirect${again.search}`, { headers: { cookie } })).status).toBe(200);
  expect(kept).toMatchObject([
    {
      team: { id: set.team.id },
      bot: { userId: expect.any(String) as string, scopes: expect.arrayContaining(['chat:write']) as unknown },
      appId: set.app.id,
    },
  ]);
});
