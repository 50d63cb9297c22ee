import { expect, it } from 'vitest';
import type { KeptChannel } from '@autodevops/domain/ports/bot-store';
import { slackChannel } from '../testing/fake-slack.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import { incidentChannel, mayBeSaid } from './incident-channel.ts';
import { threadsScene } from './testing/threads-scene.ts';
import type { ThreadDesk } from './thread-desk.ts';

const { signal } = new AbortController();

async function whereOf(
  channels: readonly Partial<KeptChannel>[],
  given: Partial<ThreadDesk> = {},
): Promise<string | undefined> {
  const { desk, store } = threadsScene({
    configured: async () => ({ app: 'A1', team: 'T1', channel: 'C9' }),
    ...given,
  });
  for (const channel of channels) {
    await store.channels.put({
      app: 'A1',
      team: 'T1',
      channel: 'C1',
      customer: 'acme',
      use: 'incidents',
      isSuspended: false,
      why: '',
      ...channel,
    });
  }
  return (await incidentChannel(desk, signal))?.channel;
}

it('incidents are told where people chose, else where the configuration says', async () => {
  expect(await whereOf([{}])).toBe('C1');
  expect(await whereOf([])).toBe('C9');
  expect(await whereOf([{ use: 'talk' }])).toBe('C9');
});

it('nothing is told where others may read along, and it moves to no other channel because of that', async () => {
  expect(await whereOf([{ isSuspended: true }])).toBeUndefined();
  expect(await whereOf([{ channel: 'C9', use: 'talk', isSuspended: true }])).toBeUndefined();
});

it('the channel of the configuration is used only after Slack said who can read it', async () => {
  for (const flaw of [{ isShared: true }, { isArchived: true }, { isMember: false }]) {
    expect(await whereOf([], { look: async ({ channel }) => slackChannel({ id: channel, ...flaw }) })).toBeUndefined();
  }
  await expect(
    whereOf([], {
      look: async () => {
        throw new SlackFailure('later', 'ratelimited');
      },
    }),
  ).rejects.toThrow(SlackFailure);
});

it('Slack is asked once who can read the channel of the configuration', async () => {
  let asked = 0;
  const { desk } = threadsScene({
    look: async ({ channel }) => {
      asked += 1;
      return slackChannel({ id: channel });
    },
  });
  for (let times = 0; times < 3; times += 1) await incidentChannel(desk, signal);
  expect(asked).toBe(1);
});

it('of several chosen channels an open one is taken, always the same', async () => {
  expect(await whereOf([{ channel: 'C3' }, { channel: 'C2' }, { channel: 'C1', isSuspended: true }])).toBe('C2');
});

it('nothing of a customer is said in the channel of another, nor where nobody said whose it is', async () => {
  expect(await whereOf([{ channel: 'C9', customer: 'other' }])).toBeUndefined();
  const { store } = threadsScene();
  await store.channels.put({
    app: 'A1',
    team: 'T1',
    channel: 'C1',
    customer: 'other',
    use: 'talk',
    isSuspended: false,
    why: '',
  });
  expect(await mayBeSaid({ app: 'A1', team: 'T1', channel: 'C1' }, 'acme', store.channels)).toBe(false);
  expect(await mayBeSaid({ app: 'A1', team: 'T1', channel: 'C2' }, 'acme', store.channels)).toBe(false);
});
