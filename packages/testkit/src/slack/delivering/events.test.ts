import { expect, it } from 'vitest';
import { receiver } from '../testing/receiver.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

async function heard(set: Scene): Promise<readonly Readonly<Record<string, unknown>>[]> {
  await set.slack.quiet();
  return set.slack.deliveries.map(({ payload }) => payload);
}

const types = (payloads: readonly Readonly<Record<string, unknown>>[]): unknown[] =>
  payloads.map(({ event }) => (event as { readonly type: string }).type);

async function listening(): Promise<Scene> {
  return scene({}, { requestUrl: (await receiver()).url });
}

it('an app hears what is said where its bot is, by its subscriptions and scopes', async () => {
  const set = await listening();
  const poor = set.slack.install(
    set.slack.addApp({
      manifest: everything,
      ...(set.app.requestUrl === undefined ? {} : { requestUrl: set.app.requestUrl }),
    }),
    set.team,
    { scopes: ['chat:write'] },
  );
  const elsewhere = set.slack.addChannel(set.team, { name: 'elsewhere', members: [set.ann] });
  set.slack.invite(set.general, poor.botUser);
  await set.slack.quiet();
  const before = set.slack.deliveries.length;
  set.slack.person(set.ann).say(elsewhere, 'unheard');
  set.slack.person(set.ann).say(set.general, 'heard');
  const events = (await heard(set)).slice(before);
  expect(events).toMatchObject([
    {
      api_app_id: set.app.id,
      team_id: set.team.id,
      type: 'event_callback',
      event: { type: 'message', text: 'heard', channel: set.general.id, channel_type: 'channel' },
      authorizations: [{ user_id: set.bot.botUser.id, is_bot: true }],
    },
  ]);
});

it('a mention is told beside the message', async () => {
  const set = await listening();
  set.slack.person(set.ann).mention(set.app, set.general, 'why?');
  expect(types(await heard(set))).toEqual(['message', 'app_mention']);
});

it('in a direct message there are no mentions', async () => {
  const set = await listening();
  set.slack.person(set.ann).writeTo(set.app, `<@${set.bot.botUser.id}> why?`);
  expect(await heard(set)).toMatchObject([{ event: { type: 'message', channel_type: 'im' } }]);
});

it('links of the app are told, others are not', async () => {
  const set = await listening();
  set.slack.person(set.ann).say(set.general, 'https://ops.example.com/i/1 https://evil-ops.example.com.test/');
  const events = await heard(set);
  expect(types(events)).toEqual(['message', 'link_shared']);
  expect(events[1]).toMatchObject({
    event: { links: [{ url: 'https://ops.example.com/i/1', domain: 'ops.example.com' }] },
  });
});

it('an app that is in two workspaces of a shared channel hears once', async () => {
  const set = await listening();
  const rival = set.slack.addTeam('Rival');
  const there = set.slack.install(set.app, rival);
  const rob = set.slack.addUser(rival, { name: 'rob' });
  const shared = set.slack.addChannel(set.team, {
    name: 'shared',
    members: [set.ann, rob, set.bot.botUser, there.botUser],
    sharedWith: [rival],
  });
  set.slack.person(rob).say(shared, 'Hello');
  expect(await heard(set)).toMatchObject([
    { is_ext_shared_channel: true, team_id: set.team.id, event: { user: rob.id, team: rival.id, user_team: rival.id } },
  ]);
});

it('an app of a whole organisation is told in which of its workspaces it happened', async () => {
  const set = await listening();
  const enterprise = set.slack.addEnterprise('Group');
  const [one, two] = [set.slack.addTeam('One', enterprise), set.slack.addTeam('Two', enterprise)];
  const bot = set.slack.install(set.app, enterprise);
  const bob = set.slack.addUser(two, { name: 'bob' });
  const there = set.slack.addChannel(two, { name: 'there', members: [bob, bot.botUser] });
  set.slack.person(bob).say(there, 'Hello');
  expect(bot.botUser.team).toBe(one);
  expect(await heard(set)).toMatchObject([
    { team_id: two.id, enterprise_id: enterprise.id, authorizations: [{ team_id: null, is_enterprise_install: true }] },
  ]);
});

it('an edit, a deletion, a pin and a reaction are told', async () => {
  const set = await listening();
  const ann = set.slack.person(set.ann);
  const { ts } = ann.say(set.general, 'one');
  const at = { channel: set.general.id, ts };
  ann.react(at, 'eyes');
  ann.edit(at, 'two');
  ann.remove(at);
  const events = await heard(set);
  expect(events).toMatchObject([
    { event: { type: 'message', text: 'one' } },
    { event: { type: 'reaction_added', reaction: 'eyes', item: { ts } } },
    {
      event: {
        type: 'message',
        subtype: 'message_changed',
        message: { text: 'two' },
        previous_message: { text: 'one' },
      },
    },
    { event: { type: 'message', subtype: 'message_deleted', deleted_ts: ts } },
  ]);
});

it('an app that is removed hears of it', async () => {
  const set = await listening();
  set.slack.uninstall(set.bot);
  expect(types(await heard(set))).toEqual(['tokens_revoked', 'app_uninstalled']);
  expect(set.general.members.has(set.bot.botUser.id)).toBe(false);
});

it('a person who opens the assistant pane starts a thread', async () => {
  const set = await listening();
  const { channel, threadTs } = set.slack.person(set.ann).openAssistant(set.app, set.general);
  expect(await heard(set)).toMatchObject([
    {},
    {
      event: {
        type: 'assistant_thread_started',
        assistant_thread: {
          user_id: set.ann.id,
          channel_id: channel,
          thread_ts: threadTs,
          context: { channel_id: set.general.id },
        },
      },
    },
  ]);
});
