import { describe, expect, it } from 'vitest';
import type { KeptChannel } from '@autodevops/domain/ports/bot-store';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { sharedWithOthers } from '../customers/channel-suspension.ts';
import type { WorkspaceSurroundings } from '../handling/workspace-event.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import { fakeSlack, slackChannel } from '../testing/fake-slack.ts';
import { allowed, channelAfterLook, channelLife } from './channel-life.ts';

const kept: KeptChannel = {
  app: 'A1',
  team: 'T1',
  channel: 'C1',
  customer: 'acme',
  use: 'incidents',
  isSuspended: false,
  why: '',
};

describe('a look at a channel', () => {
  it('suspends it where another company may read, where it is archived, and where the app is not in it', () => {
    for (const flaw of [{ isShared: true }, { isArchived: true }, { isMember: false }]) {
      expect(channelAfterLook(kept, slackChannel({ id: 'C1', ...flaw }))).toMatchObject({ isSuspended: true });
    }
  });

  it('opens it again when what spoke against it has passed', () => {
    expect(channelAfterLook({ ...kept, isSuspended: true, why: sharedWithOthers }, slackChannel({ id: 'C1' }))).toEqual(
      kept,
    );
    expect(
      channelAfterLook(
        { ...kept, isSuspended: true, why: sharedWithOthers },
        slackChannel({ id: 'C1', isArchived: true }),
      ),
    ).toMatchObject({ isSuspended: true });
  });

  it('opens nothing that was suspended because somebody came in', () => {
    const joined = { ...kept, isSuspended: true, why: 'A guest joined it.' };
    expect(channelAfterLook(joined, slackChannel({ id: 'C1' }))).toBe(joined);
  });

  it('leaves open what somebody allowed although it is shared', () => {
    const open = { ...kept, why: allowed };
    expect(channelAfterLook(open, slackChannel({ id: 'C1', isShared: true }))).toBe(open);
  });
});

async function happens(
  name: string,
  given: {
    readonly channel: KeptChannel;
    readonly seen?: Parameters<typeof slackChannel>[0];
    readonly customer?: string;
    readonly fails?: SlackFailure;
  },
): Promise<KeptChannel | undefined> {
  const [store, slack] = [createMemoryBotStore(), fakeSlack()];
  await store.channels.put(given.channel);
  if (given.seen !== undefined) slack.setChannel(given.seen);
  if (given.fails !== undefined) slack.failNext('channel', given.fails);
  const event = channelLife.find((one) => one.name === name);
  const surroundings = {
    origin: { channel: 'C1', team: 'T1' },
    installation: { app: 'A1', team: 'T1', customer: given.customer ?? 'acme' },
    slack: slack.api,
    store,
    signal: new AbortController().signal,
    log: () => undefined,
    forget: () => undefined,
  };
  await event?.handle(surroundings as unknown as WorkspaceSurroundings);
  return await store.channels.find('A1', 'T1', 'C1');
}

describe('what happens to a channel', () => {
  it('is a reason to look, whatever the event says', async () => {
    expect(
      await happens('event.channel_unshared', {
        channel: { ...kept, isSuspended: true, why: sharedWithOthers },
        seen: { id: 'C1' },
      }),
    ).toEqual(kept);
    expect(
      await happens('event.channel_unshared', {
        channel: { ...kept, isSuspended: true, why: sharedWithOthers },
        seen: { id: 'C1', isShared: true },
      }),
    ).toMatchObject({ isSuspended: true });
    expect(await happens('event.channel_rename', { channel: kept, seen: { id: 'C1' } })).toEqual(kept);
  });

  it('suspends a channel that Slack does not show any more', async () => {
    expect(
      await happens('event.channel_left', { channel: kept, fails: new SlackFailure('refused', 'channel_not_found') }),
    ).toMatchObject({ isSuspended: true });
  });

  it('is tried again where Slack does not tell', async () => {
    await expect(
      happens('event.channel_unshared', { channel: kept, fails: new SlackFailure('later', 'ratelimited') }),
    ).rejects.toThrow(SlackFailure);
  });

  it('concerns no channel of another customer', async () => {
    expect(
      await happens('event.channel_archive', {
        channel: kept,
        seen: { id: 'C1', isArchived: true },
        customer: 'other',
      }),
    ).toEqual(kept);
  });
});
