import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

const post = ({ slack, bot, general }: Scene, text = 'Hello'): ReturnType<typeof callApi> =>
  callApi(slack.apiUrl, 'chat.postMessage', bot.token, { channel: general.id, text });

it('down: nothing is done and nothing answered', async () => {
  const set = await scene();
  const lift = set.slack.faults.add({ kind: 'down' });
  await expect(post(set)).rejects.toThrow('fetch failed');
  expect(set.general.messages.size).toBe(0);
  lift();
  expect((await post(set)).status).toBe(200);
});

it('a lost answer: the message is there, and the caller does not know', async () => {
  const set = await scene();
  set.slack.faults.add({ kind: 'lost-answer' }, { methods: ['chat.postMessage'], times: 1 });
  await expect(post(set)).rejects.toThrow('fetch failed');
  expect(set.general.messages.size).toBe(1);
  expect(set.slack.calls.of('chat.postMessage')).toMatchObject([{ status: 0, isFaulty: true, answer: { ok: true } }]);
});

it('slow: it is done at once and answered later', async () => {
  const set = await scene();
  set.slack.faults.add({ kind: 'slow', milliseconds: 5_000 }, { times: 1 });
  let isAnswered = false;
  const answer = post(set).then((one) => {
    isAnswered = true;
    return one;
  });
  await expect.poll(() => set.general.messages.size).toBe(1);
  await set.slack.clock.advance(4_999);
  expect(isAnswered).toBe(false);
  await set.slack.clock.advance(1);
  expect((await answer).status).toBe(200);
});

it('429 on everything, with the seconds that the script says', async () => {
  const set = await scene();
  set.slack.faults.add({ kind: 'rate-limited', retryAfterSeconds: 7 });
  const client = new WebClient(set.bot.token, { slackApiUrl: set.slack.apiUrl, rejectRateLimitedCalls: true });
  await expect(client.auth.test()).rejects.toMatchObject({ retryAfter: 7 });
  await expect(client.chat.postMessage({ channel: set.general.id, text: 'Hello' })).rejects.toMatchObject({
    retryAfter: 7,
  });
});

it('a server error is a page', async () => {
  const set = await scene();
  set.slack.faults.add({ kind: 'server-error', status: 503 }, { times: 1 });
  const { status, answer } = await post(set);
  expect([status, answer['text']]).toEqual([503, expect.stringContaining('<html>') as string]);
});

it('an error of Slack’s own', async () => {
  const set = await scene();
  set.slack.faults.add({ kind: 'error', error: 'internal_error' }, { times: 1 });
  expect((await post(set)).answer).toEqual({ ok: false, error: 'internal_error' });
});

it('befalls the methods, the app and the call that it is meant for', async () => {
  const set = await scene();
  set.slack.faults.add(
    { kind: 'error', error: 'fatal_error' },
    { methods: ['chat.postMessage'], app: set.app.id, skip: 1, times: 1 },
  );
  const outcomes: unknown[] = [];
  for (let call = 0; call < 3; call += 1) outcomes.push((await post(set)).answer['ok']);
  expect(outcomes).toEqual([true, false, true]);
  set.slack.faults.add({ kind: 'error', error: 'fatal_error' }, { app: 'A0OTHER' });
  expect((await callApi(set.slack.apiUrl, 'auth.test', set.bot.token)).answer['ok']).toBe(true);
});
