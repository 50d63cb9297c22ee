import { describe, expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

type Args = Readonly<Record<string, unknown>>;
const ask = async ({ slack, bot }: Scene, method: string, args: Args, token = bot.token): Promise<Args> =>
  (await callApi(slack.apiUrl, method, token, args)).answer;
const texts = (answer: Args): unknown[] => (answer['messages'] as readonly Args[]).map(({ text }) => text);

describe('histories', () => {
  it('have the newest first, page by page, without replies and whispers', async () => {
    const set = await scene();
    const ann = set.slack.person(set.ann);
    const [first] = ['one', 'two', 'three'].map((text) => ann.say(set.general, text));
    ann.reply(set.general, first?.ts ?? '', 'a reply');
    const page = await ask(set, 'conversations.history', { channel: set.general.id, limit: 2 });
    expect([texts(page), page['has_more']]).toEqual([['three', 'two'], true]);
    const rest = await ask(set, 'conversations.history', {
      channel: set.general.id,
      limit: 2,
      cursor: (page['response_metadata'] as Args)['next_cursor'],
    });
    expect(rest).toMatchObject({
      has_more: false,
      messages: [{ text: 'one', reply_count: 1, thread_ts: first?.ts, reply_users: [set.ann.id] }],
    });
  });

  it('lie between two times, the bounds apart unless they are asked for', async () => {
    const set = await scene();
    const said = ['one', 'two', 'three'].map((text) => set.slack.person(set.ann).say(set.general, text).ts);
    const between = async (inclusive: boolean): Promise<unknown[]> =>
      texts(
        await ask(set, 'conversations.history', {
          channel: set.general.id,
          oldest: said[0],
          latest: said[2],
          inclusive,
        }),
      );
    expect([await between(false), await between(true)]).toEqual([['two'], ['three', 'two', 'one']]);
  });

  it('of a thread begin with its parent, also when a reply is named', async () => {
    const set = await scene();
    const { ts } = set.slack.person(set.ann).say(set.general, 'parent');
    const { ts: reply } = set.slack.person(set.ann).reply(set.general, ts, 'reply');
    for (const named of [ts, reply]) {
      expect(texts(await ask(set, 'conversations.replies', { channel: set.general.id, ts: named }))).toEqual([
        'parent',
        'reply',
      ]);
    }
    expect(await ask(set, 'conversations.replies', { channel: set.general.id, ts: '1.000001' })).toMatchObject({
      error: 'thread_not_found',
    });
  });

  it('show metadata only to who asks for it', async () => {
    const set = await scene();
    await ask(set, 'chat.postMessage', {
      channel: set.general.id,
      text: 'x',
      metadata: { event_type: 'one', event_payload: { key: 'a' } },
    });
    expect((await ask(set, 'conversations.history', { channel: set.general.id }))['messages']).not.toMatchObject([
      { metadata: {} },
    ]);
    expect(
      await ask(set, 'conversations.history', { channel: set.general.id, include_all_metadata: true }),
    ).toMatchObject({ messages: [{ metadata: { event_payload: { key: 'a' } } }] });
  });

  it('are read by members', async () => {
    const set = await scene();
    const other = set.slack.addChannel(set.team, { name: 'other', members: [set.ann] });
    expect(await ask(set, 'conversations.history', { channel: other.id })).toMatchObject({ error: 'not_in_channel' });
    await ask(set, 'conversations.join', { channel: other.id });
    expect(await ask(set, 'conversations.history', { channel: other.id })).toMatchObject({ ok: true });
  });

  it('refuse a cursor of somebody’s own making', async () => {
    const set = await scene();
    expect(await ask(set, 'conversations.history', { channel: set.general.id, cursor: 'bm9uc2Vuc2U=' })).toMatchObject({
      error: 'invalid_cursor',
    });
  });
});

describe('channels', () => {
  it('say with whom they are shared, and with whom they may be soon', async () => {
    const set = await scene();
    const rival = set.slack.addTeam('Rival');
    const info = (): Promise<Args> => ask(set, 'conversations.info', { channel: set.general.id });
    expect(await info()).toMatchObject({
      channel: { is_ext_shared: false, is_pending_ext_shared: false, is_member: true },
    });
    set.slack.share(set.general, rival, { isPending: true });
    expect(await info()).toMatchObject({ channel: { is_ext_shared: false, is_pending_ext_shared: true } });
    set.slack.share(set.general, rival);
    expect(await info()).toMatchObject({
      channel: { is_ext_shared: true, is_pending_ext_shared: false, connected_team_ids: [set.team.id, rival.id] },
    });
    expect(set.slack.deliveries.at(-1)?.payload).toMatchObject({
      event: { type: 'channel_shared', connected_team_id: rival.id, channel: set.general.id },
    });
  });

  it('of one organisation’s workspaces are shared, but not with strangers', async () => {
    const set = await scene();
    const enterprise = set.slack.addEnterprise('Group');
    const [one, two] = [set.slack.addTeam('One', enterprise), set.slack.addTeam('Two', enterprise)];
    const bot = set.slack.install(set.app, one);
    const both = set.slack.addChannel(one, { name: 'both', members: [bot.botUser], sharedWith: [two] });
    expect(await ask(set, 'conversations.info', { channel: both.id }, bot.token)).toMatchObject({
      channel: { is_org_shared: true, is_ext_shared: false },
    });
  });

  it('lose the people of a workspace that leaves', async () => {
    const set = await scene();
    const rival = set.slack.addTeam('Rival');
    const rob = set.slack.addUser(rival, { name: 'rob' });
    set.slack.share(set.general, rival);
    set.slack.invite(set.general, rob);
    set.slack.unshare(set.general, rival);
    expect([set.general.members.has(rob.id), set.general.members.has(set.ann.id)]).toEqual([false, true]);
  });

  it('are listed to who sees them, by kind', async () => {
    const set = await scene();
    const secret = set.slack.addChannel(set.team, { name: 'secret', isPrivate: true, members: [set.ann] });
    set.slack.addChannel(set.slack.addTeam('Rival'), { name: 'rivals' });
    const list = async (types: string): Promise<unknown[]> =>
      ((await ask(set, 'conversations.list', { types }))['channels'] as readonly Args[]).map(({ name }) => name);
    expect(await list('public_channel,private_channel')).toEqual(['general']);
    set.slack.invite(secret, set.bot.botUser);
    expect(await list('private_channel')).toEqual(['secret']);
    expect(await ask(set, 'users.conversations', { types: 'public_channel' })).toMatchObject({
      channels: [{ name: 'general' }],
    });
  });

  it('are made, named, filled and archived', async () => {
    const set = await scene();
    const create = (name: string): Promise<Args> => ask(set, 'conversations.create', { name });
    expect([(await create('Not Good'))['error'], (await create('general'))['error']]).toEqual([
      'invalid_name_specials',
      'name_taken',
    ]);
    const { channel } = (await create('inc-1')) as { readonly channel: { readonly id: string } };
    expect(await ask(set, 'conversations.invite', { channel: channel.id, users: set.ann.id })).toMatchObject({
      ok: true,
    });
    expect(await ask(set, 'conversations.invite', { channel: channel.id, users: set.ann.id })).toMatchObject({
      error: 'already_in_channel',
    });
    expect(await ask(set, 'conversations.setTopic', { channel: channel.id, topic: 'Web is down' })).toMatchObject({
      topic: 'Web is down',
    });
    expect(await ask(set, 'conversations.archive', { channel: channel.id })).toMatchObject({ ok: true });
    expect(await ask(set, 'chat.postMessage', { channel: channel.id, text: 'late' })).toMatchObject({
      error: 'is_archived',
    });
  });

  it('tell their members and their bots of who comes', async () => {
    const set = await scene();
    const bob = set.slack.addUser(set.team, { name: 'bob' });
    set.slack.invite(set.general, bob);
    expect(set.slack.deliveries.at(-1)?.payload).toMatchObject({
      event: { type: 'member_joined_channel', user: bob.id, channel: set.general.id },
    });
    expect((await ask(set, 'conversations.members', { channel: set.general.id }))['members']).toContain(bob.id);
  });
});

it('a direct message is opened with people of the own workspace', async () => {
  const set = await scene();
  const rob = set.slack.addUser(set.slack.addTeam('Rival'), { name: 'rob' });
  const gone = set.slack.addUser(set.team, { name: 'gone', isDeleted: true });
  const open = (users: string): Promise<Args> => ask(set, 'conversations.open', { users });
  const [first, second] = [await open(set.ann.id), await open(set.ann.id)];
  expect(first).toEqual(second);
  expect([
    (await open(rob.id))['error'],
    (await open(gone.id))['error'],
    (await open(set.bot.botUser.id))['error'],
  ]).toEqual(['user_not_found', 'user_disabled', 'cannot_dm_bot']);
});

describe('people', () => {
  it('of another company are seen only where a channel is shared, and without their address', async () => {
    const set = await scene();
    const rival = set.slack.addTeam('Rival');
    const rob = set.slack.addUser(rival, { name: 'rob' });
    const info = (): Promise<Args> => ask(set, 'users.info', { user: rob.id });
    expect(await info()).toMatchObject({ error: 'user_not_visible' });
    set.slack.share(set.general, rival);
    set.slack.invite(set.general, rob);
    const { user } = (await info()) as { readonly user: Args & { readonly profile: Args } };
    expect(user).toMatchObject({ team_id: rival.id, is_stranger: false });
    expect(user.profile).not.toHaveProperty('email');
    expect(await ask(set, 'users.lookupByEmail', { email: rob.email })).toMatchObject({ error: 'users_not_found' });
  });

  it('have flags for guests, administrators, bots and the deactivated', async () => {
    const set = await scene();
    const info = async (id: string): Promise<unknown> => (await ask(set, 'users.info', { user: id }))['user'];
    expect(await info(set.slack.addUser(set.team, { name: 'guest', guest: 'multi' }).id)).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: false,
    });
    expect(await info(set.slack.addUser(set.team, { name: 'single', guest: 'single' }).id)).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
    });
    expect(
      await info(set.slack.addUser(set.team, { name: 'boss', isAdmin: true, isEmailConfirmed: false }).id),
    ).toMatchObject({ is_admin: true, is_email_confirmed: false });
    expect(await info(set.bot.botUser.id)).toMatchObject({
      is_bot: true,
      profile: { api_app_id: set.app.id, bot_id: set.bot.botUser.bot },
    });
    set.ann.isDeleted = true;
    expect(await info(set.ann.id)).toMatchObject({ deleted: true });
    expect(await ask(set, 'users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });

  it('show their address only to who may see it', async () => {
    const set = await scene();
    const poor = set.slack.install(set.slack.addApp({ manifest: everything }), set.team, { scopes: ['users:read'] });
    expect(await ask(set, 'users.info', { user: set.ann.id })).toMatchObject({
      user: { profile: { email: 'ann@acme.example' } },
    });
    expect(JSON.stringify(await ask(set, 'users.info', { user: set.ann.id }, poor.token))).not.toContain(
      '@acme.example',
    );
    expect(await ask(set, 'users.lookupByEmail', { email: 'ANN@acme.example' })).toMatchObject({
      user: { id: set.ann.id },
    });
  });
});

it('two customers of one app see nothing of one another', async () => {
  const set = await scene();
  const rival = set.slack.addTeam('Rival');
  const rob = set.slack.addUser(rival, { name: 'rob' });
  const there = set.slack.install(set.app, rival);
  const theirs = set.slack.addChannel(rival, { name: 'theirs', members: [rob, there.botUser] });
  const { ts } = set.slack.person(rob).say(theirs, 'secret');
  const { ts: posted } = await ask(set, 'chat.postMessage', { channel: theirs.id, text: 'mine' }, there.token);
  const tries: readonly (readonly [string, Args])[] = [
    ['chat.postMessage', { channel: theirs.id, text: 'x' }],
    ['chat.update', { channel: theirs.id, ts: posted, text: 'x' }],
    ['chat.delete', { channel: theirs.id, ts: posted }],
    ['chat.postEphemeral', { channel: theirs.id, user: rob.id, text: 'x' }],
    ['chat.getPermalink', { channel: theirs.id, message_ts: ts }],
    ['chat.startStream', { channel: theirs.id, thread_ts: ts }],
    ['conversations.info', { channel: theirs.id }],
    ['conversations.history', { channel: theirs.id }],
    ['conversations.replies', { channel: theirs.id, ts }],
    ['conversations.members', { channel: theirs.id }],
    ['conversations.join', { channel: theirs.id }],
    ['pins.add', { channel: theirs.id, timestamp: ts }],
    ['reactions.add', { channel: theirs.id, timestamp: ts, name: 'eyes' }],
    ['bookmarks.list', { channel_id: theirs.id }],
    ['assistant.threads.setStatus', { channel_id: theirs.id, thread_ts: ts, status: 'x' }],
  ];
  for (const [method, args] of tries) {
    expect([method, await ask(set, method, args)]).toMatchObject([method, { ok: false, error: 'channel_not_found' }]);
  }
  expect(await ask(set, 'users.info', { user: rob.id })).toMatchObject({ error: 'user_not_visible' });
  expect(
    await ask(set, 'views.publish', { user_id: rob.id, view: { type: 'home', blocks: [{ type: 'divider' }] } }),
  ).toMatchObject({ error: 'user_not_found' });
});
