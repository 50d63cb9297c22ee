import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import { slackMethods } from '../rules/methods/slack-methods.ts';
import type { SlackMethod } from '../rules/methods/method.ts';
import { rateLimits } from './rate-limits.ts';
import type { RateLimitOptions } from './rate-limits.ts';

function taking(options: RateLimitOptions = {}): {
  readonly take: (method: string, channel?: string, team?: string, isThrottled?: boolean) => number;
  readonly pass: (milliseconds: number) => void;
} {
  let now = 0;
  const limits = rateLimits(() => now, options);
  return {
    take: (method, channel = '', team = 'T1', isThrottled = false) =>
      limits.take({ method: slackMethods[method] as SlackMethod, app: 'A1', team, channel, isThrottled }),
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

it.each([
  ['views.open', 100],
  ['chat.update', 50],
  ['chat.startStream', 20],
  ['apps.connections.open', 1],
])('%s may be called %i times a minute, and the next has to wait', (method, calls) => {
  const { take, pass } = taking({ rareBurst: 1 });
  for (let call = 0; call < calls; call += 1) expect(take(method)).toBe(0);
  const wait = take(method);
  expect(wait).toBeGreaterThan(0);
  pass(wait - 2);
  expect(take(method)).toBeGreaterThan(0);
  pass(2);
  expect(take(method)).toBe(0);
});

it('one message a second for each channel, with a burst', () => {
  const { take, pass } = taking({ channelBurst: 2 });
  expect([take('chat.postMessage', 'C1'), take('chat.postMessage', 'C1')]).toEqual([0, 0]);
  expect(take('chat.postMessage', 'C1')).toBeCloseTo(1000, 0);
  expect(take('chat.postMessage', 'C2')).toBe(0);
  pass(1000);
  expect(take('chat.postMessage', 'C1')).toBe(0);
  expect(take('chat.postMessage', 'C1')).toBeGreaterThan(0);
});

it('a workspace has a limit over all of its channels, and another workspace its own', () => {
  const { take } = taking({ messagesPerMinute: 2 });
  expect([take('chat.postMessage', 'C1'), take('chat.postMessage', 'C2')]).toEqual([0, 0]);
  expect(take('chat.postMessage', 'C3')).toBeGreaterThan(0);
  expect(take('chat.postMessage', 'C3', 'T2')).toBe(0);
});

it('waiting costs nothing: who was refused is not counted', () => {
  const { take, pass } = taking({ channelBurst: 1 });
  take('chat.postMessage', 'C1');
  for (let call = 0; call < 10; call += 1) take('chat.postMessage', 'C1');
  pass(1000);
  expect(take('chat.postMessage', 'C1')).toBe(0);
});

it('nothing is limited when limits are off', () => {
  const { take } = taking({ isOn: false });
  for (let call = 0; call < 300; call += 1) expect(take('chat.postMessage', 'C1')).toBe(0);
});

it('answers 429 with whole seconds in Retry-After, and takes the call after them', async () => {
  const { slack, bot, general } = await scene({ limits: { channelBurst: 1 } });
  const post = (): ReturnType<typeof callApi> =>
    callApi(slack.apiUrl, 'chat.postMessage', bot.token, { channel: general.id, text: 'Hello' });
  await post();
  const refused = await post();
  expect([refused.status, refused.headers.get('retry-after'), refused.answer]).toEqual([
    429,
    '1',
    { ok: false, error: 'ratelimited' },
  ]);
  await slack.clock.advance(1000);
  expect((await post()).answer['ok']).toBe(true);
  expect(general.messages.size).toBe(2);
});

it('an app that is sold outside of the marketplace reads histories once a minute, fifteen at a time', async () => {
  const { slack, team, ann } = await scene();
  const { token, botUser } = slack.install(slack.addApp({ manifest: everything, distribution: 'commercial' }), team);
  const busy = slack.addChannel(team, { name: 'busy', members: [ann, botUser] });
  for (let count = 0; count < 20; count += 1) slack.person(ann).say(busy, `message ${count}`);
  const read = (): ReturnType<typeof callApi> =>
    callApi(slack.apiUrl, 'conversations.history', token, { channel: busy.id, limit: 100 });
  const { messages, has_more: more } = (await read()).answer;
  expect([(messages as readonly unknown[]).length, more]).toEqual([15, true]);
  expect((await read()).status).toBe(429);
  await slack.clock.advance(60_000);
  expect((await read()).status).toBe(200);
});
