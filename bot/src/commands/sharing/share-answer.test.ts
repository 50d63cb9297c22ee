import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { expect, it } from 'vitest';
import { actionsOf, lettersOf } from '../../rendering/testing/harmless.ts';
import type { SlackMessage } from '../../slack/slack-api.ts';
import { answerSample } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { scene } from '../../testing/surroundings.ts';
import type { SceneChoice } from '../../testing/surroundings.ts';
import { commandHandlers } from '../registry.ts';
import { say } from '../testing/command-scene.ts';
import { shareAnswer } from './share-answer.ts';

const url = 'https://hooks.slack.com/actions/1';
const click = (value: string, channel = 'C1'): unknown =>
  shareAnswer.payload.parse({ response_url: url, channel: { id: channel }, actions: [{ value }] });

async function asked(): Promise<{
  readonly store: ReturnType<typeof createMemoryBotStore>;
  readonly value: string;
  readonly seen: SlackMessage;
}> {
  const store = createMemoryBotStore({ now: () => Date.parse('2027-01-15T08:00:00.000Z') });
  const {
    answers: [seen],
  } = await say('/jamie ask why is web failing?', commandHandlers, {
    store,
    agent: fakeAgent({ ask: async () => answerSample() }),
  });
  const value = /"value":"(shr-[0-9a-f]{32})"/.exec(JSON.stringify(seen))?.[1];
  return { store, value: value ?? expect.fail('no button'), seen: seen ?? expect.fail() };
}

async function shared(value: string, choice: SceneChoice, channel?: string): Promise<readonly (readonly unknown[])[]> {
  const { surroundings, slack } = scene(choice);
  await shareAnswer.handle(click(value, channel), surroundings);
  return slack.callsOf('respond');
}

it('what one person saw is shown to everybody, exactly, without asking the agent again', async () => {
  const { store, value, seen } = await asked();
  const [[to, message] = []] = await shared(value, { store });
  expect(to).toBe(url);
  expect(message).toMatchObject({ isShared: true });
  expect(lettersOf(message as SlackMessage)).toContain('The tag 1.5 is not there.');
  expect(lettersOf(message as SlackMessage)).toContain('shared by Ann');
  expect(actionsOf(message as SlackMessage)).toEqual([]);
  expect(actionsOf(seen)).toContain('share-answer');
});

it('an answer is shared once, however often somebody clicks', async () => {
  const { store, value } = await asked();
  const results = await Promise.allSettled(Array.from({ length: 20 }, async () => await shared(value, { store })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('nobody else shares it, nor in another channel, nor for another customer', async () => {
  for (const [choice, channel] of [
    [{ user: 'U2' }, 'C1'],
    [{}, 'C2'],
  ] as const) {
    const { store, value } = await asked();
    await expect(shared(value, { store, ...choice }, channel)).rejects.toMatchObject({ code: 'usage' });
  }
  const { store, value } = await asked();
  const { surroundings } = scene({ store });
  await expect(shareAnswer.handle(click(value), { ...surroundings, customer: 'other' })).rejects.toMatchObject({
    code: 'usage',
  });
});

it('what the store keeps says nothing of it', async () => {
  const kept: unknown[] = [];
  const store = createMemoryBotStore();
  await say('/jamie ask why is web failing?', commandHandlers, {
    store: { ...store, once: { ...store.once, put: async (...given) => void kept.push(given) } },
    agent: fakeAgent({ ask: async () => answerSample() }),
  });
  expect(kept).toHaveLength(1);
  // Each with a letter that base64 does not have.
  expect(JSON.stringify(kept)).not.toMatch(/The tag|Deployment shop|slack:T1/);
});

it('after half an hour it is gone', async () => {
  const { store, value } = await asked();
  await expect(shared(value, { store, now: '2027-01-15T08:30:01.000Z' })).rejects.toThrow('is older than half an hour');
});

it('a value that no button of ours carries is refused before the store is asked', async () => {
  await expect(shared('shr-../../etc', {})).rejects.toMatchObject({ code: 'usage' });
});
