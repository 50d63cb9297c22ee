import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { boltApp } from '../testing/bolt-app.ts';
import { receiver } from '../testing/receiver.ts';
import type { Received, Receiver } from '../testing/receiver.ts';
import { scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

async function serving(
  answer?: Parameters<typeof receiver>[0],
): Promise<Scene & { readonly app: Scene['app']; readonly at: Receiver }> {
  const at = await receiver(answer);
  const set = await scene({}, { requestUrl: at.url });
  return { ...set, at };
}

const retries = ({ received }: Receiver): unknown[] =>
  received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
const failing = (response: ServerResponse): void => void response.writeHead(500).end();

it('what is sent is signed with the secret of the app, over the very bytes of the body', async () => {
  const { slack, ann, general, app, at } = await serving();
  slack.person(ann).say(general, 'Hello ✓');
  await slack.quiet();
  const { headers, body } = at.received[0] as Received;
  const wanted = createHmac('sha256', app.signingSecret)
    .update(`v0:${String(headers['x-slack-request-timestamp'])}:${body}`)
    .digest('hex');
  expect(headers['x-slack-signature']).toBe(`v0=${wanted}`);
});

it('an event that fails is sent again at once, after a minute and after five more, then never', async () => {
  const { slack, ann, general, at } = await serving(failing);
  slack.person(ann).say(general, 'Hello');
  await at.count(2);
  await slack.quiet();
  expect(retries(at)).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
  ]);
  await slack.clock.advance(59_999);
  await slack.quiet();
  expect(at.received).toHaveLength(2);
  await slack.clock.advance(1);
  await at.count(3);
  await slack.quiet();
  await slack.clock.advance(300_000);
  await at.count(4);
  await slack.quiet();
  await slack.clock.advance(3_600_000);
  await slack.quiet();
  expect(retries(at)).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
    ['3', 'http_error'],
  ]);
  expect(
    new Set(at.received.map(({ body }) => (JSON.parse(body) as { readonly event_id: string }).event_id)).size,
  ).toBe(1);
});

it('an app may say that it does not want it again', async () => {
  const { slack, ann, general, at } = await serving(
    (response) => void response.writeHead(500, { 'x-slack-no-retry': '1' }).end(),
  );
  slack.person(ann).say(general, 'Hello');
  await slack.quiet();
  await slack.clock.advance(600_000);
  await slack.quiet();
  expect(at.received).toHaveLength(1);
});

it('three seconds of silence are a timeout', async () => {
  const { slack, ann, general, at } = await serving((response, _, index) => void (index === 0 || response.end()));
  slack.person(ann).say(general, 'Hello');
  await at.count(1);
  await slack.clock.advance(2_999);
  expect(slack.deliveries[0]?.outcome).toBeUndefined();
  await slack.clock.advance(1);
  await at.count(2);
  expect(retries(at)[1]).toEqual(['1', 'http_timeout']);
});

it('an address where nobody listens is a failed connection', async () => {
  const { slack, ann, general, app } = await serving();
  app.requestUrl = 'http://127.0.0.1:1/';
  slack.person(ann).say(general, 'Hello');
  await slack.quiet();
  expect(slack.deliveries.map(({ outcome }) => outcome)).toMatchObject([
    { reason: 'connection_failed' },
    { reason: 'connection_failed' },
  ]);
});

it('two redirects are followed, three are too many', async () => {
  const redirecting = (times: number) => (response: ServerResponse, _: unknown, index: number) =>
    void (index < times ? response.writeHead(302, { location: `/again/${index}` }) : response).end();
  const two = await serving(redirecting(2));
  two.slack.person(two.ann).say(two.general, 'Hello');
  await two.slack.quiet();
  expect(two.slack.deliveries[0]?.outcome).toMatchObject({ isAcknowledged: true });
  expect(two.at.received.map(({ path }) => path)).toEqual(['/slack/events', '/again/0', '/again/1']);
  const many = await serving(redirecting(3));
  many.slack.person(many.ann).say(many.general, 'Hello');
  await many.slack.quiet();
  expect(many.slack.deliveries[0]?.outcome).toMatchObject({ isAcknowledged: false, reason: 'too_many_redirects' });
});

it('commands and clicks are not sent again', async () => {
  const { slack, ann, general, at } = await serving(failing);
  expect(await slack.person(ann).slash('/jamie', '', general)).toMatchObject({
    problem: '/jamie failed with the error "http_service_error"',
  });
  await slack.clock.advance(600_000);
  await slack.quiet();
  expect(at.received).toHaveLength(1);
});

it('what is delivered twice is the same twice', async () => {
  const { slack, ann, general, at } = await serving();
  slack.faults.add({ kind: 'duplicate' }, { times: 1 });
  slack.person(ann).say(general, 'once');
  slack.person(ann).say(general, 'again');
  await slack.quiet();
  expect(at.received).toHaveLength(3);
  const texts = at.received.map(
    ({ body }) => JSON.parse(body) as { readonly event_id: string; readonly event: { readonly text: string } },
  );
  const once = texts.filter(({ event }) => event.text === 'once');
  expect(once.map(({ event_id: id }) => id)).toEqual([once[0]?.event_id, once[0]?.event_id]);
});

it('a Bolt app proves that its address is its own; another does not', async () => {
  const set = await scene();
  await boltApp(set);
  expect(await set.slack.verifyUrl(set.app)).toBe(true);
  set.app.signingSecret = 'changed';
  expect(await set.slack.verifyUrl(set.app)).toBe(false);
});

it('closing waits for nobody', async () => {
  const { slack, ann, general, at } = await serving(() => undefined);
  slack.person(ann).say(general, 'Hello');
  await at.count(1);
  await slack.close();
  expect(slack.deliveries[0]?.outcome).toMatchObject({ isAcknowledged: false });
});
