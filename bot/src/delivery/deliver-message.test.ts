import { describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { KeptMessage, WantedMessage } from '@autodevops/domain/ports/bot-store';
import { SlackFailure } from '../slack/slack-failure.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import type { FakeSlack } from '../testing/fake-slack.ts';
import { deliverMessage } from './deliver-message.ts';
import type { Delivered } from './deliver-message.ts';

const place = { app: 'A1', team: 'T1', channel: 'C1' };
const wanted = (key: string, text = key, given: Partial<WantedMessage> = {}): WantedMessage => ({
  key,
  customer: 'acme',
  lane: 'incident',
  place,
  content: { text, blocks: [] },
  digest: text,
  ...given,
});

interface Office {
  readonly store: ReturnType<typeof createMemoryBotStore>;
  readonly slack: FakeSlack;
  /** Takes what may be delivered now, and delivers it. */
  readonly round: () => Promise<readonly Delivered[]>;
  at: number;
}

async function office(): Promise<Office> {
  const made: { at: number } = { at: Date.parse('2027-01-15T08:00:00Z') };
  const store = createMemoryBotStore({ now: () => made.at });
  await store.installations.put({
    app: 'A1',
    team: 'T1',
    enterprise: '',
    customer: 'acme',
    botUser: 'UB',
    sealed: '',
    installedAt: '2027-01-01T00:00:00Z',
  });
  const slack = fakeSlack();
  const round = async (): Promise<readonly Delivered[]> => {
    const claimed = await store.messages.claim({
      holder: 'h',
      milliseconds: 60_000,
      limit: 10,
      lane: 'incident',
      now: new Date(made.at).toISOString(),
    });
    const outcomes: Delivered[] = [];
    for (const message of claimed) {
      outcomes.push(
        await deliverMessage(
          message,
          { store, slackOf: () => slack.api, holder: 'h', now: () => made.at, log: () => {} },
          new AbortController().signal,
        ),
      );
    }
    return outcomes;
  };
  return Object.assign(made, { store, slack, round });
}

const keptOf = async ({ store }: Office, key: string): Promise<KeptMessage | undefined> =>
  await store.messages.byKey(key);

describe('a message that is wanted', () => {
  it('is posted once, and changed in place when it is wanted otherwise', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root', 'one')]);
    expect(await the.round()).toEqual(['posted']);
    await the.store.messages.want([wanted('root', 'one')]);
    expect(await the.round()).toEqual([]);
    await the.store.messages.want([wanted('root', 'two')]);
    expect(await the.round()).toEqual(['changed']);
    expect(the.slack.callsOf('post')).toHaveLength(1);
    expect(the.slack.callsOf('update')).toHaveLength(1);
  });

  it('goes into the thread of its parent', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root'), wanted('child', 'child', { place: { ...place, parent: 'root' } })]);
    while ((await the.round()).length > 0);
    expect(the.slack.callsOf('post')[1]?.[0]).toMatchObject({ threadTs: (await keptOf(the, 'root'))?.ts });
  });

  it('whose answer never came is looked for before it is posted again', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root')]);
    the.slack.failNext('post', new SlackFailure('uncertain', 'no_answer'));
    expect(await the.round()).toEqual(['later']);
    // It was posted all the same.
    const stands = await the.slack.api.post(
      { channel: 'C1', key: 'root', content: {} },
      'incident',
      new AbortController().signal,
    );
    the.at += 120_000;
    expect(await the.round()).toEqual(['posted']);
    expect(await keptOf(the, 'root')).toMatchObject({ ts: stands.ts, isUncertain: false });
    expect(the.slack.callsOf('post')).toHaveLength(2);
  });

  it('that was sent by a process that died is looked for too', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root')]);
    await the.store.messages.claim({
      holder: 'dead',
      milliseconds: 1000,
      limit: 1,
      lane: 'incident',
      now: new Date(the.at).toISOString(),
    });
    await the.store.messages.sending('root', 'dead');
    the.at += 2000;
    expect(await the.round()).toEqual(['posted']);
    expect(the.slack.callsOf('findPosted')).toHaveLength(1);
  });

  it('waits as long as Slack says', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root')]);
    the.slack.failNext('post', new SlackFailure('later', 'ratelimited', { retryAfter: 30_000 }));
    expect(await the.round()).toEqual(['later']);
    the.at += 29_999;
    expect(await the.round()).toEqual([]);
    the.at += 1;
    expect(await the.round()).toEqual(['posted']);
    expect(the.slack.callsOf('findPosted')).toEqual([]);
  });

  it('is not changed any more by who stood still while another took it', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root', 'one')]);
    await the.round();
    await the.store.messages.want([wanted('root', 'old')]);
    const [stale] = await the.store.messages.claim({
      holder: 'slow',
      milliseconds: 1000,
      limit: 1,
      lane: 'incident',
      now: new Date(the.at).toISOString(),
    });
    the.at += 2000;
    await the.store.messages.want([wanted('root', 'new')]);
    expect(await the.round()).toEqual(['changed']);
    const choice = { store: the.store, slackOf: () => the.slack.api, now: () => the.at, log: () => {} };
    const slow = { ...choice, holder: 'slow' };
    expect(await deliverMessage(stale ?? expect.fail(), slow, new AbortController().signal)).toBe('later');
    expect(the.slack.callsOf('update').map(([, content]) => content)).toEqual([{ text: 'new', blocks: [] }]);
    expect((await keptOf(the, 'root'))?.deliveredDigest).toBe('new');
  });

  it('that somebody deleted is posted anew', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root', 'one')]);
    await the.round();
    await the.store.messages.want([wanted('root', 'two')]);
    the.slack.failNext('update', new SlackFailure('refused', 'message_not_found'));
    the.slack.deletePosted('C1', 'root');
    const before = await keptOf(the, 'root');
    expect(await the.round()).toEqual(['posted']);
    expect((await keptOf(the, 'root'))?.ts).not.toBe(before?.ts);
    await the.store.messages.want([wanted('root', 'three')]);
    expect(await the.round()).toEqual(['changed']);
  });

  it('whose blocks Slack does not take is posted as its text', async () => {
    const the = await office();
    await the.store.messages.want([wanted('root', 'the alert')]);
    the.slack.failNext('post', new SlackFailure('refused', 'invalid_blocks'));
    expect(await the.round()).toEqual(['posted']);
    expect(the.slack.callsOf('post')[1]?.[0]).toMatchObject({ content: { text: 'the alert' } });
  });

  it.each(['channel_not_found', 'is_archived', 'not_in_channel', 'thread_is_gone'])(
    'into what is not open to the bot (%s) is laid aside for people, and can be tried again',
    async (code) => {
      const the = await office();
      await the.store.messages.want([wanted('root')]);
      the.slack.failNext('post', new SlackFailure('refused', code));
      expect(await the.round()).toEqual(['given-up']);
      expect((await the.store.messages.dead(10)).map(({ key, why }) => [key, why])).toEqual([
        ['root', `Slack: ${code}`],
      ]);
      await the.store.messages.revive('root');
      expect(await the.round()).toEqual(['posted']);
    },
  );

  it('for a suspended channel waits until somebody opens it', async () => {
    const the = await office();
    await the.store.channels.put({ ...place, customer: 'acme', use: 'incidents', isSuspended: true, why: 'shared' });
    await the.store.messages.want([wanted('root')]);
    expect(await the.round()).toEqual(['later']);
    await the.store.channels.put({ ...place, customer: 'acme', use: 'incidents', isSuspended: false, why: '' });
    the.at += 60_000;
    expect(await the.round()).toEqual(['posted']);
  });

  it("never goes by another customer's installation or into another's channel", async () => {
    const the = await office();
    await the.store.messages.want([wanted('foreign', 'x', { customer: 'other' })]);
    expect(await the.round()).toEqual(['given-up']);
    await the.store.channels.put({ ...place, customer: 'other', use: 'incidents', isSuspended: false, why: '' });
    await the.store.messages.want([wanted('own')]);
    expect(await the.round()).toEqual(['given-up']);
    expect(the.slack.calls).toEqual([]);
  });

  it('of which Slack missed several states for an hour shows the last one only', async () => {
    const the = await office();
    for (let state = 1; state <= 20; state += 1) {
      await the.store.messages.want([wanted('root', `state ${state}`)]);
      the.slack.failNext('post', new SlackFailure('later', 'unreachable'));
      await the.round();
      the.at += 180_000;
    }
    for (let attempt = 0; attempt < 30 && (await keptOf(the, 'root'))?.ts === ''; attempt += 1) {
      the.at += 60_000;
      await the.round();
    }
    expect(the.slack.callsOf('post').at(-1)?.[0]).toMatchObject({ content: { text: 'state 20' } });
    expect(the.slack.callsOf('update')).toEqual([]);
  });
});
