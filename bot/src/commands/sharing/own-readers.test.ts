import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { describe, expect, it } from 'vitest';
import { answerSample } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { fakeSlack } from '../../testing/fake-slack.ts';
import type { FakeSlack } from '../../testing/fake-slack.ts';
import { scene } from '../../testing/surroundings.ts';
import { SlackFailure } from '../../slack/slack-failure.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';
import { requireOwnReaders } from './own-readers.ts';

const id = 'inc-aaaaaaaaaaaa';
const agent = () =>
  fakeAgent({ ask: async () => answerSample(), postMortem: async () => ({ markdown: '# ShopDown' }) });

function sharedWithOthers(): FakeSlack {
  const slack = fakeSlack();
  slack.setChannel({ id: 'C1', isShared: true });
  return slack;
}

describe('in a channel that another company reads', () => {
  it.each([
    '/jamie ask why is web failing? --share',
    `/incident postmortem ${id} --share`,
    `/incident postmortem ${id} --file`,
  ])('%s shows nothing to everybody', async (line) => {
    const slack = sharedWithOthers();
    expect(await failureOf(line, commandHandlers, { agent: agent(), slack })).toMatchObject({ code: 'usage' });
    expect([...slack.callsOf('respond'), ...slack.callsOf('upload')]).toEqual([]);
  });

  it('the asker alone is answered', async () => {
    const { answers } = await say('/jamie ask why is web failing?', commandHandlers, {
      agent: agent(),
      slack: sharedWithOthers(),
    });
    expect(answers).toHaveLength(1);
    expect(answers[0]?.isShared).not.toBe(true);
  });

  it('everybody may be shown what an administrator let be shown there', async () => {
    const store = createMemoryBotStore();
    await store.channels.put({
      app: 'A1',
      team: 'T1',
      channel: 'C1',
      customer: 'acme',
      use: 'talk',
      isSuspended: false,
      why: 'Somebody allowed it.',
    });
    const { answers } = await say('/jamie ask why is web failing? --share', commandHandlers, {
      agent: agent(),
      slack: sharedWithOthers(),
      store,
    });
    expect(answers[0]).toMatchObject({ isShared: true });
  });
});

describe('nothing is shown to everybody', () => {
  const store = createMemoryBotStore();

  it('in a conversation of two, whom the app does not see', async () => {
    await expect(requireOwnReaders('D1', scene({ store }).surroundings)).rejects.toMatchObject({ code: 'usage' });
  });

  it('where Slack does not say who reads', async () => {
    const slack = fakeSlack();
    slack.failNext('channel', new SlackFailure('refused', 'channel_not_found'));
    await expect(requireOwnReaders('G1', scene({ store, slack }).surroundings)).rejects.toThrow('channel_not_found');
  });

  it('in a channel of another customer', async () => {
    await store.channels.put({
      app: 'A1',
      team: 'T1',
      channel: 'C7',
      customer: 'other',
      use: 'talk',
      isSuspended: false,
      why: '',
    });
    await expect(requireOwnReaders('C7', scene({ store }).surroundings)).rejects.toMatchObject({ code: 'usage' });
  });
});
