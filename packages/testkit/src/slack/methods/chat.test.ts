import { describe, expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

type Args = Readonly<Record<string, unknown>>;
const ask = async ({ slack, bot }: Scene, method: string, args: Args, token = bot.token): Promise<Args> =>
  (await callApi(slack.apiUrl, method, token, args)).answer;
const post = (set: Scene, args: Args = {}): Promise<Args> =>
  ask(set, 'chat.postMessage', { channel: set.general.id, text: 'Hello', ...args });
const section = (text: string): Args => ({ type: 'section', text: { type: 'plain_text', text } });

describe('chat.postMessage', () => {
  it.each([
    ['nothing to say', { text: undefined }, 'no_text'],
    ['an empty text', { text: '' }, 'no_text'],
    ['51 blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
    ['3,001 characters in a section', { blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
    [
      'two blocks with one id',
      {
        blocks: [
          { ...section('a'), block_id: 'a' },
          { ...section('b'), block_id: 'a' },
        ],
      },
      'invalid_blocks',
    ],
    ['a type that there is not', { blocks: [{ type: 'fireworks' }] }, 'invalid_blocks'],
    [
      'more than a message holds',
      { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) },
      'msg_blocks_too_long',
    ],
    ['metadata without a type', { metadata: { event_payload: {} } }, 'invalid_metadata_format'],
    [
      'Markdown beside blocks',
      { text: undefined, markdown_text: '# A', blocks: [section('a')] },
      'markdown_text_conflict',
    ],
    ['a picture of its own without the scope', { username: 'Somebody' }, 'missing_scope'],
  ])('refuses %s', async (_, args, error) => {
    const set = await scene();
    expect(await post(set, args)).toMatchObject({ ok: false, error });
    expect(set.general.messages.size).toBe(0);
  });

  it('says where a block is wrong', async () => {
    const answer = await post(await scene(), { blocks: [section('x'.repeat(3001))] });
    expect(answer).toMatchObject({
      errors: [expect.stringContaining('[json-pointer:/blocks/0/text') as string],
      response_metadata: { messages: [expect.stringContaining('[ERROR]') as string] },
    });
  });

  it('takes everything at its limit', async () => {
    const blocks = [section('x'.repeat(3000)), ...Array.from({ length: 49 }, () => ({ type: 'divider' }))];
    expect(await post(await scene(), { blocks })).toMatchObject({ ok: true });
  });

  it('refuses a channel that the bot is not in, and an archived one', async () => {
    const set = await scene();
    const other = set.slack.addChannel(set.team, { name: 'other', members: [set.ann] });
    expect(await post(set, { channel: other.id })).toMatchObject({ error: 'not_in_channel' });
    set.general.isArchived = true;
    expect(await post(set)).toMatchObject({ error: 'is_archived' });
  });

  it('posts into public channels without being there when it may', async () => {
    const set = await scene();
    const { token } = set.slack.install(set.slack.addApp({ manifest: everything }), set.team, {
      scopes: ['chat:write', 'chat:write.public'],
    });
    const secret = set.slack.addChannel(set.team, { name: 'secret', isPrivate: true, members: [set.ann] });
    expect(await ask(set, 'chat.postMessage', { channel: set.general.id, text: 'Hello' }, token)).toMatchObject({
      ok: true,
    });
    expect(await ask(set, 'chat.postMessage', { channel: secret.id, text: 'Hello' }, token)).toMatchObject({
      error: 'channel_not_found',
    });
  });

  it('does not know private channels and other companies that the bot is not in', async () => {
    const set = await scene();
    const foreign = set.slack.addTeam('Rival');
    const channels = [
      set.slack.addChannel(set.team, { name: 'secret', isPrivate: true, members: [set.ann] }),
      set.slack.addChannel(foreign, { name: 'rivals', members: [set.slack.addUser(foreign, { name: 'rob' })] }),
    ];
    for (const { id } of channels) {
      expect(await post(set, { channel: id })).toMatchObject({ error: 'channel_not_found' });
      expect(await ask(set, 'conversations.info', { channel: id })).toMatchObject({ error: 'channel_not_found' });
      expect(await ask(set, 'conversations.history', { channel: id })).toMatchObject({ error: 'channel_not_found' });
    }
    expect(await post(set, { channel: [...foreignUsers(set)][0] })).toMatchObject({ error: 'channel_not_found' });
  });

  it('opens a direct message to a person', async () => {
    const set = await scene();
    const { channel } = await post(set, { channel: set.ann.id });
    expect(set.slack.state.channels.get(String(channel))).toMatchObject({
      kind: 'im',
      members: new Set([set.bot.botUser.id, set.ann.id]),
    });
  });

  it('puts a reply into the channel when its parent is gone', async () => {
    const set = await scene();
    const { ts } = await post(set);
    expect(await post(set, { thread_ts: ts })).toMatchObject({ message: { thread_ts: ts } });
    await ask(set, 'chat.delete', { channel: set.general.id, ts });
    const { message } = await post(set, { thread_ts: ts });
    expect(message).not.toHaveProperty('thread_ts');
  });

  it('has no threads of replies', async () => {
    const set = await scene();
    const { ts } = await post(set);
    const { ts: reply } = await post(set, { thread_ts: ts });
    expect(await post(set, { thread_ts: reply })).toMatchObject({ error: 'cannot_reply_to_message' });
  });

  it('cuts a text at 40,000 characters', async () => {
    const set = await scene();
    const { message } = await post(set, { text: '🙂'.repeat(40_001) });
    expect([...String((message as Args)['text'])].length).toBe(40_000);
  });
});

function foreignUsers({ slack, team }: Scene): readonly string[] {
  return [...slack.state.users.values()].filter((user) => user.team !== team).map(({ id }) => id);
}

describe('chat.update', () => {
  it('changes what the app wrote, and says so to the channel', async () => {
    const set = await scene();
    const { ts } = await post(set, { blocks: [section('before')] });
    expect(await ask(set, 'chat.update', { channel: set.general.id, ts, text: 'after' })).toMatchObject({
      ok: true,
      ts,
      text: 'after',
    });
    expect(set.general.messages.get(String(ts))).toMatchObject({ text: 'after', edited: { user: set.bot.botUser.id } });
    expect(set.general.messages.get(String(ts))).not.toHaveProperty('blocks');
  });

  it('refuses the message of somebody else, and one that there is not', async () => {
    const set = await scene();
    const { ts } = set.slack.person(set.ann).say(set.general, 'mine');
    expect(await ask(set, 'chat.update', { channel: set.general.id, ts, text: 'yours' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await ask(set, 'chat.delete', { channel: set.general.id, ts })).toMatchObject({
      error: 'cant_delete_message',
    });
    expect(await ask(set, 'chat.update', { channel: set.general.id, ts: '1.1', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('refuses a text of more than 4,000 characters', async () => {
    const set = await scene();
    const { ts } = await post(set);
    expect(await ask(set, 'chat.update', { channel: set.general.id, ts, text: 'x'.repeat(4001) })).toMatchObject({
      error: 'msg_too_long',
    });
    expect(await ask(set, 'chat.update', { channel: set.general.id, ts, text: 'x'.repeat(4000) })).toMatchObject({
      ok: true,
    });
  });

  it('does not find what one person alone sees', async () => {
    const set = await scene();
    const { message_ts: ts } = await ask(set, 'chat.postEphemeral', {
      channel: set.general.id,
      user: set.ann.id,
      text: 'psst',
    });
    expect(set.slack.person(set.ann).sees(set.general)).toMatchObject([{ text: 'psst' }]);
    expect(await ask(set, 'chat.update', { channel: set.general.id, ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(await ask(set, 'conversations.history', { channel: set.general.id })).toMatchObject({ messages: [] });
  });
});

it('marks and whispers nothing in an archived channel', async () => {
  const set = await scene();
  const { ts } = set.slack.person(set.ann).say(set.general, 'last words');
  set.general.isArchived = true;
  expect(
    await ask(set, 'chat.postEphemeral', { channel: set.general.id, user: set.ann.id, text: 'psst' }),
  ).toMatchObject({ error: 'is_archived' });
  expect(await ask(set, 'reactions.add', { channel: set.general.id, timestamp: ts, name: 'eyes' })).toMatchObject({
    error: 'is_archived',
  });
});

it('whispers only to who is in the channel', async () => {
  const set = await scene();
  const bob = set.slack.addUser(set.team, { name: 'bob' });
  expect(await ask(set, 'chat.postEphemeral', { channel: set.general.id, user: bob.id, text: 'psst' })).toMatchObject({
    error: 'user_not_in_channel',
  });
});

it('unfurls only links that the app was told of, in that message', async () => {
  const set = await scene();
  const { ts } = set.slack
    .person(set.ann)
    .say(set.general, 'look at https://ops.example.com/i/1 and https://elsewhere.example/');
  const unfurl = (url: string): Promise<Args> =>
    ask(set, 'chat.unfurl', { channel: set.general.id, ts, unfurls: { [url]: { blocks: [section('an incident')] } } });
  expect(await unfurl('https://ops.example.com/i/2')).toMatchObject({ error: 'cannot_unfurl_url' });
  expect(await unfurl('https://elsewhere.example/')).toMatchObject({ error: 'cannot_unfurl_url' });
  expect(await unfurl('https://ops.example.com/i/1')).toMatchObject({ ok: true });
  expect(set.general.messages.get(ts)?.unfurls).toHaveProperty(['https://ops.example.com/i/1']);
});

it('gives addresses of messages and of replies', async () => {
  const set = await scene();
  const { ts } = await post(set);
  const { ts: reply } = await post(set, { thread_ts: ts });
  const { permalink } = await ask(set, 'chat.getPermalink', { channel: set.general.id, message_ts: reply });
  expect(permalink).toBe(
    `https://acme.slack.com/archives/${set.general.id}/p${String(reply).replace('.', '')}?thread_ts=${String(ts)}&cid=${set.general.id}`,
  );
});
