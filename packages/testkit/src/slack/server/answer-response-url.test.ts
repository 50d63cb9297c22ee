import { expect, it } from 'vitest';
import { receiver } from '../testing/receiver.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';
import { callApi } from '../testing/api-call.ts';

const blocks = [
  { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
];

interface Answering extends Scene {
  readonly respond: (body: object) => Promise<{ readonly status: number; readonly text: string }>;
}

async function afterCommand(): Promise<Answering> {
  const set = await scene({}, { requestUrl: (await receiver()).url });
  await set.slack.person(set.ann).slash('/jamie', '', set.general);
  return answering(set);
}

async function afterClick(): Promise<Answering & { readonly ts: string }> {
  const set = await scene({}, { requestUrl: (await receiver()).url });
  const { answer } = await callApi(set.slack.apiUrl, 'chat.postMessage', set.bot.token, {
    channel: set.general.id,
    text: 'Card',
    blocks,
  });
  const ts = String(answer['ts']);
  await set.slack.person(set.ann).click({ channel: set.general.id, ts }, 'go');
  return { ...answering(set), ts };
}

function answering(set: Scene): Answering {
  const url = String(set.slack.deliveries.at(-1)?.payload['response_url']);
  const respond: Answering['respond'] = async (body) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  return { ...set, respond };
}

it('an answer is for the one person, or for the channel', async () => {
  const { slack, ann, general, respond } = await afterCommand();
  expect(await respond({ text: 'for you' })).toEqual({ status: 200, text: 'ok' });
  await respond({ text: 'for all', response_type: 'in_channel' });
  expect(
    slack
      .person(ann)
      .sees(general)
      .map(({ text, onlyFor }) => [text, onlyFor]),
  ).toEqual([
    ['for you', ann.id],
    ['for all', undefined],
  ]);
});

it('five answers within half an hour, and no more', async () => {
  const { slack, respond } = await afterCommand();
  for (let use = 0; use < 5; use += 1) expect((await respond({ text: 'one' })).status).toBe(200);
  expect(await respond({ text: 'six' })).toMatchObject({
    status: 404,
    text: expect.stringContaining('used_url') as string,
  });
  const late = await afterCommand();
  await late.slack.clock.advance(30 * 60_000 + 1);
  expect(await late.respond({ text: 'late' })).toMatchObject({
    status: 404,
    text: expect.stringContaining('expired_url') as string,
  });
  expect(slack.calls.of('response_url')).toHaveLength(6);
});

it('a click may change or remove the message that was clicked', async () => {
  const { slack, ann, general, respond, ts } = await afterClick();
  await respond({ text: 'Done', replace_original: true });
  expect(slack.person(ann).sees(general)).toMatchObject([{ ts, text: 'Done' }]);
  await respond({ text: 'Beside', replace_original: false });
  expect(slack.person(ann).sees(general)).toMatchObject([{ text: 'Done' }, { text: 'Beside', onlyFor: ann.id }]);
  await respond({ delete_original: true });
  expect(slack.person(ann).sees(general)).toMatchObject([{ text: 'Beside' }]);
});

it('a message that Slack would refuse is refused', async () => {
  const { respond } = await afterCommand();
  expect(await respond({ blocks: [{ type: 'fireworks' }] })).toMatchObject({
    status: 400,
    text: expect.stringContaining('invalid_blocks') as string,
  });
  expect(await respond({})).toMatchObject({ status: 400, text: expect.stringContaining('no_text') as string });
});
