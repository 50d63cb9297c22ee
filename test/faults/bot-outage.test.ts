import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../agent/agent-scene.ts';
import { patiently } from '../agent/started-agent.ts';
import { apiIsDown, bundleBoth, incidentScene } from '../bot/incident-scene.ts';
import type { BothBundles } from '../bot/incident-scene.ts';
import { contentOf, postedTwice } from '../bot/incident-thread.ts';

let bundles: BothBundles;
beforeAll(async () => {
  bundles = await bundleBoth();
}, 120_000);
afterAll(() => bundles.remove());

const thumbnailerIsDown = {
  group: 'media',
  alerts: [{ name: 'KubePodOOM', labels: { namespace: 'media', deployment: 'thumbnailer' } }],
};

describe('while Slack is away', () => {
  it('nothing is lost: afterwards everything stands there once, in order, and what went by meanwhile is one message', async () => {
    const { acme, bots, seen } = await incidentScene(bundles);
    await bots.start();
    const api = await acme.alert(apiIsDown);
    const first = await seen.wait(
      'what Jamie found',
      (text, { threadTs }) => threadTs !== undefined && text.includes('run-fix'),
    );
    const lift = bots.slack.faults.add({ kind: 'down' });
    const media = await acme.alert(thumbnailerIsDown);
    for (const state of ['investigating', 'mitigating', 'monitoring'] as const) {
      await acme.client.updateIncident({ params: { id: api }, body: { state, says: `We are ${state}.` } }, patiently);
      await sleep(500);
    }
    await acme.client.resolveIncident({ params: { id: api }, body: { why: 'It is repaired.' } }, patiently);
    await sleep(3000);
    const before = seen.messages().length;
    // For Slack an hour has passed: what waits for its limits need not wait any more.
    await bots.slack.clock.advance(3_600_000);
    lift();
    const root = await seen.wait(
      'the other incident',
      (text, { threadTs }) => threadTs === undefined && text.includes('thumbnailer'),
      60,
    );
    await seen.wait('what Jamie found there', (_text, { threadTs }) => threadTs === root.ts, 60);
    await seen.wait(
      'the end',
      (text, { threadTs }) => threadTs === first.threadTs && text.includes('It is repaired.'),
      60,
    );
    await seen.wait('the card of the first', (text, { ts }) => ts === first.threadTs && text.includes('Resolved'), 60);
    expect(before).toBe(2);
    expect(seen.roots().map(({ ts }) => ts)).toEqual([first.threadTs, root.ts]);
    const thread = seen.messages().filter(({ threadTs }) => threadTs === first.threadTs);
    expect(thread.map((message) => contentOf(message).includes('Resolved'))).toEqual([false, true]);
    expect(postedTwice(seen.messages())).toEqual([]);
    expect((await acme.client.incident({ params: { id: media } }, patiently)).state).toBe('open');
  }, 120_000);

  it('with 429 on everything, an alert comes as soon as it lets one through', async () => {
    const { acme, bots, seen } = await incidentScene(bundles);
    await bots.start();
    bots.slack.faults.add(
      { kind: 'rate-limited', retryAfterSeconds: 1 },
      { methods: ['chat.postMessage', 'chat.update'], times: 4 },
    );
    await acme.alert(apiIsDown);
    await seen.wait('what Jamie found', (text, { threadTs }) => threadTs !== undefined && text.includes('run-fix'), 60);
    expect(postedTwice(seen.messages())).toEqual([]);
  }, 120_000);

  it('whose answers are lost: what it did all the same is found and not said again', async () => {
    const { acme, bots, seen } = await incidentScene(bundles);
    await bots.start();
    bots.slack.faults.add({ kind: 'lost-answer' }, { methods: ['chat.postMessage'], times: 2 });
    await acme.alert(apiIsDown);
    await seen.wait('what Jamie found', (text, { threadTs }) => threadTs !== undefined && text.includes('run-fix'), 60);
    await sleep(2000);
    expect(seen.roots()).toHaveLength(1);
    expect(postedTwice(seen.messages())).toEqual([]);
  }, 120_000);
});

it('a storm of 500 alerts is few threads, few messages, and all of its alerts are told', async ({ annotate }) => {
  const { acme, bots, seen } = await incidentScene(bundles);
  await bots.start();
  const groups = Array.from({ length: 50 }, (_, group) => ({
    group: `storm-${group}`,
    alerts: Array.from({ length: 10 }, (_one, alert) => ({
      name: 'TargetDown',
      labels: { instance: `10.0.${group}.${alert}:9100` },
    })),
  }));
  await Promise.all(groups.map(async (notice) => await acme.alert(notice)));
  const card = await seen.wait(
    'the storm with all of its alerts',
    (text, { threadTs }) => threadTs === undefined && text.includes('500 alerts fire'),
    60,
  );
  await until(
    'the others to say where they went',
    () => seen.roots().every((root) => root.ts === card.ts || contentOf(root).includes('Part of another incident')),
    60,
  );
  const calls = bots.slack.calls.all.filter(
    ({ method, status, answer }) => method.startsWith('chat.') && status === 200 && answer['ok'] === true,
  );
  await annotate(
    `${seen.roots().length} threads, ${seen.messages().length} messages, ${calls.length} calls that wrote`,
  );
  expect(seen.roots().length).toBeLessThanOrEqual(10);
  expect(seen.messages().length).toBeLessThanOrEqual(30);
}, 150_000);

it('two bots on one store say everything once, and when one is killed the other goes on', async () => {
  const { acme, bots, seen, at } = await incidentScene(bundles);
  const one = await bots.start();
  const two = await bots.start();
  await acme.alert(apiIsDown);
  const findings = await seen.wait(
    'what Jamie found',
    (text, { threadTs }) => threadTs !== undefined && text.includes('run-fix'),
  );
  // Not in the middle of a post, which the other would have to wait out for a minute: those kills are in bot-kills.test.ts.
  await sleep(1500);
  one.signal('SIGKILL');
  await one.gone;
  await bots.sendTo(two);
  await seen.click(at.ann, findings, 'run-fix');
  const card = await seen.wait('the proposal', (text) => text.includes('approve-change'), 90);
  await Promise.all([
    seen.click(at.bob, card, 'approve-change'),
    seen.click(at.bob, card, 'approve-change'),
    seen.click(at.cid, card, 'approve-change'),
  ]);
  await seen.wait('that it was done', (text, { ts }) => ts === card.ts && text.includes('Done and verified'), 60);
  expect(seen.roots()).toHaveLength(1);
  expect(postedTwice(seen.messages())).toEqual([]);
  const [change] = (await acme.client.changes({}, patiently)).changes;
  expect(
    (await acme.client.change({ params: { id: change?.id ?? '' } }, patiently)).approvals
      .map(({ actor }) => actor.person)
      .toSorted(),
  ).toEqual(['bob', 'cid']);
}, 170_000);
