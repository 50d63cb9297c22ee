import { expect, it } from 'vitest';
import { ErrorCode, WebClient } from '@slack/web-api';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

const ask = async (
  { slack, bot }: Scene,
  method: string,
  args: Readonly<Record<string, unknown>> = {},
  token = bot.token,
): Promise<Readonly<Record<string, unknown>>> => (await callApi(slack.apiUrl, method, token, args)).answer;

it('takes what the SDK sends, as a form with JSON in it', async () => {
  const { slack, bot, general } = await scene();
  const client = new WebClient(bot.token, { slackApiUrl: slack.apiUrl });
  const { ts } = await client.chat.postMessage({
    channel: general.id,
    text: 'Hello',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Hello' } }],
    metadata: { event_type: 'one', event_payload: { key: 'a' } },
    unfurl_links: false,
  });
  const { messages } = await client.conversations.history({ channel: general.id, include_all_metadata: true });
  expect(messages).toMatchObject([
    {
      ts,
      text: 'Hello',
      metadata: { event_type: 'one', event_payload: { key: 'a' } },
      blocks: [{ type: 'section', block_id: expect.any(String) as string }],
    },
  ]);
  expect(slack.calls.of('chat.postMessage')).toMatchObject([
    { app: expect.any(String) as string, status: 200, answer: { ok: true } },
  ]);
});

it('tells the SDK what was wrong as Slack does', async () => {
  const { slack, bot } = await scene();
  const client = new WebClient(bot.token, { slackApiUrl: slack.apiUrl });
  await expect(client.chat.postMessage({ channel: 'C0NOWHERE', text: 'Hello' })).rejects.toMatchObject({
    code: ErrorCode.PlatformError,
    data: { ok: false, error: 'channel_not_found' },
  });
});

it('has no method that Slack does not have', async () => {
  const set = await scene();
  expect(await ask(set, 'chat.shout')).toMatchObject({ ok: false, error: 'unknown_method' });
});

it('refuses an argument that the method does not have, and says which', async () => {
  const set = await scene();
  const answer = await ask(set, 'chat.postMessage', { channel: set.general.id, text: 'Hello', colour: 'red' });
  expect(answer).toMatchObject({
    ok: false,
    error: 'invalid_arguments',
    response_metadata: { messages: [expect.stringContaining('colour') as string] },
  });
});

it.each([
  ['', 'not_authed'],
  ['xoxb-nobody', 'invalid_auth'],
])('refuses the token "%s" with %s', async (token, error) => {
  expect(await ask(await scene(), 'auth.test', {}, token)).toEqual({ ok: false, error });
});

it('refuses a token that was revoked, and one whose app was removed', async () => {
  const set = await scene();
  set.slack.revokeToken(set.bot.token);
  expect(await ask(set, 'auth.test')).toMatchObject({ error: 'token_revoked' });
  const other = set.slack.install(set.slack.addApp({ manifest: everything }), set.team);
  set.slack.uninstall(other);
  expect(await ask(set, 'auth.test', {}, other.token)).toMatchObject({ error: 'token_revoked' });
});

it('refuses a token whose user was deactivated', async () => {
  const set = await scene();
  set.bot.botUser.isDeleted = true;
  expect(await ask(set, 'auth.test')).toMatchObject({ error: 'account_inactive' });
});

it('refuses a token of the wrong kind', async () => {
  const set = await scene();
  expect(
    await ask(set, 'chat.postMessage', { channel: set.general.id, text: 'Hello' }, set.slack.appToken(set.app)),
  ).toMatchObject({ error: 'not_allowed_token_type' });
  expect(await ask(set, 'apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
});

it('says which scope is missing and which there are', async () => {
  const set = await scene();
  const poor = set.slack.install(set.slack.addApp({ manifest: everything }), set.team, { scopes: ['chat:write'] });
  expect(await ask(set, 'users.info', { user: set.ann.id }, poor.token)).toMatchObject({
    error: 'missing_scope',
    needed: 'users:read',
    provided: 'chat:write',
  });
});

it('needs the scope of the kind of conversation', async () => {
  const set = await scene();
  const poor = set.slack.install(set.slack.addApp({ manifest: everything }), set.team, { scopes: ['channels:read'] });
  const secret = set.slack.addChannel(set.team, { name: 'secret', isPrivate: true, members: [poor.botUser] });
  expect(await ask(set, 'conversations.info', { channel: set.general.id }, poor.token)).toMatchObject({ ok: true });
  expect(await ask(set, 'conversations.info', { channel: secret.id }, poor.token)).toMatchObject({
    error: 'missing_scope',
    needed: 'groups:read',
  });
});

it.each([
  ['application/json', '{"channel":', 'invalid_json'],
  ['application/json', '[1]', 'json_not_object'],
  ['text/plain', 'channel=C1', 'invalid_post_type'],
  ['multipart/form-data; boundary=x', 'nothing', 'invalid_form_data'],
])('refuses a body of the type %s that reads %s', async (type, body, error) => {
  const { slack, bot } = await scene();
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${bot.token}` },
    body,
  });
  expect(await response.json()).toMatchObject({ ok: false, error });
});

it('names the scopes of the token, and those of the method, in headers', async () => {
  const { slack, bot, ann } = await scene();
  const { headers } = await callApi(slack.apiUrl, 'users.info', bot.token, { user: ann.id });
  expect(headers.get('x-oauth-scopes')).toContain('users:read');
  expect(headers.get('x-accepted-oauth-scopes')).toBe('users:read');
});

it('keeps no token in the log of calls', async () => {
  const { slack, bot } = await scene();
  await new WebClient(undefined, { slackApiUrl: slack.apiUrl }).auth.test({ token: bot.token });
  expect(JSON.stringify(slack.calls.all)).not.toContain(bot.token);
});

it('with a token of a whole organisation, an argument says which workspace is meant', async () => {
  const { slack } = await scene();
  const enterprise = slack.addEnterprise('Group');
  const [one, two] = [slack.addTeam('One', enterprise), slack.addTeam('Two', enterprise)];
  const foreign = slack.addTeam('Foreign');
  const { token } = slack.install(slack.addApp({ manifest: everything }), enterprise);
  const teamOf = async (id: string): Promise<unknown> =>
    (await callApi(slack.apiUrl, 'auth.test', token, { team_id: id })).answer;
  expect(await teamOf(two.id)).toMatchObject({
    team_id: two.id,
    is_enterprise_install: true,
    enterprise_id: enterprise.id,
  });
  expect(await teamOf(foreign.id)).toMatchObject({ error: 'team_access_not_granted' });
  const { answer } = await callApi(slack.apiUrl, 'auth.teams.list', token);
  expect(answer).toMatchObject({ teams: [{ id: one.id }, { id: two.id }] });
});
