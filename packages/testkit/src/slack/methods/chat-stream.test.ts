import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

type Args = Readonly<Record<string, unknown>>;

interface Streaming extends Scene {
  readonly root: string;
  readonly ask: (method: string, args?: Args) => Promise<Args>;
  readonly start: () => Promise<string>;
}

async function streaming(): Promise<Streaming> {
  const set = await scene();
  const { ts: root } = set.slack.person(set.ann).say(set.general, 'why?');
  const ask = async (method: string, args: Args = {}): Promise<Args> =>
    (await callApi(set.slack.apiUrl, method, set.bot.token, { channel: set.general.id, ...args })).answer;
  const start = async (): Promise<string> =>
    String(
      (
        await ask('chat.startStream', {
          thread_ts: root,
          recipient_user_id: set.ann.id,
          recipient_team_id: set.team.id,
        })
      )['ts'],
    );
  return { ...set, root, ask, start };
}

it('the SDK’s stream becomes one message with all of its text', async () => {
  const { slack, bot, general, ann, team, root } = await streaming();
  const streamer = new WebClient(bot.token, { slackApiUrl: slack.apiUrl }).chatStream({
    channel: general.id,
    thread_ts: root,
    recipient_user_id: ann.id,
    recipient_team_id: team.id,
    buffer_size: 4,
  });
  for (const part of ['The **cause** ', 'is ', 'a probe.']) await streamer.append({ markdown_text: part });
  await streamer.stop({ blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Was this right?' } }] });
  expect(slack.person(ann).thread(general, root)).toMatchObject([
    { text: 'why?' },
    { text: 'The **cause** is a probe.', threadTs: root, blocks: [{ type: 'section' }] },
  ]);
  expect(slack.calls.all.map(({ method }) => method)).toEqual([
    'chat.startStream',
    'chat.appendStream',
    'chat.stopStream',
  ]);
});

it('ends by itself after five minutes, however often it was fed', async () => {
  const { slack, ask, start } = await streaming();
  const ts = await start();
  await slack.clock.advance(299_999);
  expect(await ask('chat.appendStream', { ts, markdown_text: 'more' })).toMatchObject({ ok: true });
  await slack.clock.advance(1);
  expect(await ask('chat.appendStream', { ts, markdown_text: 'too late' })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect(await ask('chat.stopStream', { ts })).toMatchObject({ error: 'message_not_in_streaming_state' });
  expect(await ask('chat.update', { ts, text: 'the whole answer' })).toMatchObject({ ok: true });
});

it('cannot be fed once it was stopped, nor can what never was one', async () => {
  const { ask, start, root, slack, general } = await streaming();
  const ts = await start();
  expect(await ask('chat.stopStream', { ts, markdown_text: 'done' })).toMatchObject({
    ok: true,
    message: { text: 'done', streaming_state: 'completed' },
  });
  expect(await ask('chat.appendStream', { ts, markdown_text: 'more' })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect(await ask('chat.appendStream', { ts: root, markdown_text: 'more' })).toMatchObject({
    error: 'message_not_owned_by_app',
  });
  const { ts: plain } = await ask('chat.postMessage', { text: 'plain' });
  expect(await ask('chat.appendStream', { ts: plain, markdown_text: 'more' })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect(general.messages.get(ts)?.text).toBe('done');
  expect(slack.calls.of('chat.stopStream')).toHaveLength(1);
});

it('is not updated while it is open', async () => {
  const { ask, start } = await streaming();
  expect(await ask('chat.update', { ts: await start(), text: 'other' })).toMatchObject({
    error: 'streaming_state_conflict',
  });
});

it.each([
  ['no recipient in a channel', { recipient_user_id: undefined }, 'missing_recipient_user_id'],
  ['no workspace of the recipient', { recipient_team_id: undefined }, 'missing_recipient_team_id'],
  ['a thread that there is not', { thread_ts: '1.000001' }, 'invalid_thread_ts'],
  ['chunks of a kind that there is not', { chunks: [{ type: 'fireworks' }] }, 'invalid_chunks'],
  ['more than 12,000 characters at once', { markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
])('is refused with %s', async (_, args, error) => {
  const { ask, root, ann, team } = await streaming();
  expect(
    await ask('chat.startStream', { thread_ts: root, recipient_user_id: ann.id, recipient_team_id: team.id, ...args }),
  ).toMatchObject({ ok: false, error });
});

it('holds no more than fifty blocks that came as chunks', async () => {
  const { ask, start, general } = await streaming();
  const ts = await start();
  const chunk = { type: 'blocks', blocks: Array.from({ length: 30 }, () => ({ type: 'divider' })) };
  expect(await ask('chat.appendStream', { ts, chunks: [chunk] })).toMatchObject({ ok: true });
  expect(await ask('chat.appendStream', { ts, chunks: [chunk] })).toMatchObject({ error: 'msg_blocks_too_many' });
  expect(general.messages.get(ts)?.blocks).toHaveLength(30);
});

it('goes on by what it began with: texts, or chunks', async () => {
  const { ask, start } = await streaming();
  const chunks = [{ type: 'markdown_text', text: 'more' }];
  const ts = await start();
  expect(await ask('chat.appendStream', { ts, markdown_text: 'more', chunks })).toMatchObject({
    error: 'cannot_provide_both_markdown_text_and_chunks',
  });
  await ask('chat.appendStream', { ts, markdown_text: 'more' });
  expect(await ask('chat.appendStream', { ts, chunks })).toMatchObject({ error: 'streaming_mode_mismatch' });
  expect(await ask('chat.stopStream', { ts, chunks })).toMatchObject({ error: 'streaming_mode_mismatch' });
});

it('may stand by itself in a channel, and not in a conversation of two', async () => {
  const { ask, slack, ann, app, team } = await streaming();
  const to = { recipient_user_id: ann.id, recipient_team_id: team.id, markdown_text: 'a' };
  expect(await ask('chat.startStream', to)).toMatchObject({ ok: true });
  const { channel } = slack.person(ann).openAssistant(app);
  expect(await ask('chat.startStream', { ...to, channel })).toMatchObject({ error: 'invalid_thread_ts' });
});

it('of starts there are twenty a minute', async () => {
  const { slack, bot, general, ann, team, root } = await streaming();
  const begin = (): Promise<{ readonly status: number }> =>
    callApi(slack.apiUrl, 'chat.startStream', bot.token, {
      channel: general.id,
      thread_ts: root,
      recipient_user_id: ann.id,
      recipient_team_id: team.id,
    });
  const statuses: number[] = [];
  for (let count = 0; count < 21; count += 1) statuses.push((await begin()).status);
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 200), 429]);
});
