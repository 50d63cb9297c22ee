import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { callApi } from '../testing/api-call.ts';
import { boltSocketApp } from '../testing/bolt-app.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';

const overSockets = { ...everything, settings: { ...everything.settings, socket_mode_enabled: true } };
const socketScene = (): Promise<Scene> => scene({}, { manifest: overSockets });

interface Envelope {
  readonly type: string;
  readonly envelope_id: string;
  readonly reason?: string;
  readonly retry_attempt?: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Client {
  readonly socket: WebSocket;
  readonly seen: Envelope[];
  readonly isClosed: () => boolean;
}

/** A client of the test's own: acknowledges only what it is told to. */
async function connect({ slack, app }: Scene, acknowledges: boolean): Promise<Client> {
  const { answer } = await callApi(slack.apiUrl, 'apps.connections.open', slack.appToken(app));
  const socket = new WebSocket(String(answer['url']));
  const seen: Envelope[] = [];
  let closed = false;
  socket.on('close', () => (closed = true));
  socket.on('message', (data) => {
    const envelope = JSON.parse((data as Buffer).toString('utf8')) as Envelope;
    seen.push(envelope);
    if (acknowledges && 'envelope_id' in envelope) {
      socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: {} }));
    }
  });
  onTestFinished(() => socket.terminate());
  await vi.waitUntil(() => seen.length > 0);
  return { socket, seen, isClosed: () => closed };
}

const envelopes = ({ seen }: Client): readonly Envelope[] =>
  seen.filter(({ type }) => !['hello', 'disconnect'].includes(type));

it('a Bolt app gets commands, events and clicks over a socket and answers there', async () => {
  const set = await socketScene();
  const bolt = await boltSocketApp(set);
  bolt.command('/jamie', async ({ ack, command }) => ack(`${command.text}!`));
  bolt.event(
    'app_mention',
    async ({ say }) =>
      void (await say({
        text: 'Decide',
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
          },
        ],
      })),
  );
  bolt.action('go', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Gone', replace_original: true });
  });
  const ann = set.slack.person(set.ann);
  expect(await ann.slash('/jamie', 'diagnose', set.general)).toMatchObject({ isAcknowledged: true });
  expect(ann.sees(set.general)).toMatchObject([{ text: 'diagnose!' }]);
  ann.mention(set.app, set.general, 'help');
  const card = await vi.waitUntil(() => ann.sees(set.general)[2]);
  await ann.click({ channel: set.general.id, ts: card.ts }, 'go');
  await vi.waitFor(() => expect(ann.sees(set.general)[2]?.text).toBe('Gone'));
  expect(new Set(set.slack.deliveries.map(({ via }) => via))).toEqual(new Set(['socket']));
});

it('an address is good for one connection', async () => {
  const set = await socketScene();
  const { answer } = await callApi(set.slack.apiUrl, 'apps.connections.open', set.slack.appToken(set.app));
  const [first, second] = [new WebSocket(String(answer['url'])), new WebSocket(String(answer['url']))];
  onTestFinished(() => [first, second].forEach((socket) => socket.terminate()));
  const codes: number[] = [];
  for (const socket of [first, second]) socket.on('close', (code) => codes.push(code));
  await vi.waitFor(() => expect(codes).toEqual([1008]));
});

it('an app without Socket Mode, or a token without its scope, gets no address', async () => {
  const set = await scene();
  expect((await callApi(set.slack.apiUrl, 'apps.connections.open', set.slack.appToken(set.app))).answer).toMatchObject({
    error: 'forbidden_team',
  });
  expect(
    (await callApi(set.slack.apiUrl, 'apps.connections.open', set.slack.appToken(set.app, []))).answer,
  ).toMatchObject({ error: 'missing_scope' });
});

it('an envelope goes to one of the connections', async () => {
  const set = await socketScene();
  const clients = [await connect(set, true), await connect(set, true)];
  for (const text of ['one', 'two', 'three', 'four']) set.slack.person(set.ann).say(set.general, text);
  await set.slack.quiet();
  expect(clients.map((client) => envelopes(client).length)).toEqual([2, 2]);
});

it('what dies unacknowledged with its connection goes to another', async () => {
  const set = await socketScene();
  const silent = await connect(set, false);
  set.slack.person(set.ann).say(set.general, 'Hello');
  await vi.waitUntil(() => envelopes(silent).length === 1);
  const other = await connect(set, true);
  silent.socket.terminate();
  await set.slack.quiet();
  expect(envelopes(other).map(({ envelope_id: id }) => id)).toEqual(envelopes(silent).map(({ envelope_id: id }) => id));
  expect(set.slack.deliveries).toMatchObject([{ outcome: { isAcknowledged: true } }]);
});

it('an event that is not acknowledged for three seconds comes again, counted', async () => {
  const set = await socketScene();
  const silent = await connect(set, false);
  set.slack.person(set.ann).say(set.general, 'Hello');
  await vi.waitUntil(() => envelopes(silent).length === 1);
  await set.slack.clock.advance(3_000);
  await vi.waitUntil(() => envelopes(silent).length === 2);
  expect(envelopes(silent)).toMatchObject([{ retry_attempt: 0 }, { retry_attempt: 1, retry_reason: 'http_timeout' }]);
});

it('with nobody connected a command times out', async () => {
  const set = await socketScene();
  const typed = set.slack.person(set.ann).slash('/jamie', '', set.general);
  await set.slack.clock.advance(3_000);
  expect(await typed).toMatchObject({ problem: '/jamie failed with the error "operation_timeout"' });
});

it('a connection that is asked to go gets nothing more; the next one does', async () => {
  const set = await socketScene();
  const leaving = await connect(set, true);
  set.slack.disconnect(set.app, 'refresh_requested');
  await vi.waitUntil(() =>
    leaving.seen.some(({ type, reason }) => type === 'disconnect' && reason === 'refresh_requested'),
  );
  expect(set.slack.connectionCount(set.app)).toBe(0);
  const next = await connect(set, true);
  set.slack.person(set.ann).say(set.general, 'Hello');
  await set.slack.quiet();
  expect([envelopes(leaving).length, envelopes(next).length]).toEqual([0, 1]);
});

it('a connection that is cut closes without a word', async () => {
  const set = await socketScene();
  const client = await connect(set, true);
  set.slack.disconnect(set.app, 'cut');
  await vi.waitUntil(client.isClosed);
  expect(client.seen.map(({ type }) => type)).toEqual(['hello']);
});

it('an eleventh connection is sent away', async () => {
  const set = await scene({ limits: { isOn: false } }, { manifest: overSockets });
  for (let count = 0; count < 10; count += 1) await connect(set, true);
  const eleventh = await connect(set, true);
  expect(eleventh.seen).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
  expect(set.slack.connectionCount(set.app)).toBe(10);
});

it('a Bolt app comes back after its connection was moved', async () => {
  const set = await socketScene();
  const bolt = await boltSocketApp(set);
  bolt.command('/jamie', async ({ ack }) => ack());
  set.slack.disconnect(set.app, 'refresh_requested');
  await vi.waitUntil(() => set.slack.connectionCount(set.app) === 1, { timeout: 10_000 });
  expect(await set.slack.person(set.ann).slash('/jamie', '', set.general)).toMatchObject({ isAcknowledged: true });
});
