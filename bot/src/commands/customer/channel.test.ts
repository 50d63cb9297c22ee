import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { describe, expect, it } from 'vitest';
import type { KeptChannel } from '@autodevops/domain/ports/bot-store';
import { lettersOf } from '../../rendering/testing/harmless.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { fakeSlack } from '../../testing/fake-slack.ts';
import { commandHandlers } from '../registry.ts';
import { failureOf, say } from '../testing/command-scene.ts';

const agentOf = (roles: readonly string[]) =>
  fakeAgent({
    people: async () => ({ people: [{ id: 'ann', name: 'Ann', accounts: ['slack:T1/U1'], roles: [...roles] }] }),
  });
const admin = () => agentOf(['admin']);
const kept = (given: Partial<KeptChannel> = {}): KeptChannel => ({
  app: 'A1',
  team: 'T1',
  channel: 'C1',
  customer: 'acme',
  use: 'talk',
  isSuspended: false,
  why: '',
  ...given,
});

describe('what a channel is used for', () => {
  it('is told to everybody', async () => {
    const store = createMemoryBotStore();
    await store.channels.put(kept({ isSuspended: true, why: 'A guest joined it.' }));
    const {
      answers: [answer],
    } = await say('/customer channel', commandHandlers, { store, agent: fakeAgent({}) });
    expect(lettersOf(answer ?? expect.fail())).toContain('A guest joined it.');
  });

  it('is for administrators to say', async () => {
    const store = createMemoryBotStore();
    for (const how of ['incidents', 'talk', 'allow', 'forget']) {
      expect(
        await failureOf(`/customer channel ${how}`, commandHandlers, { store, agent: agentOf(['approver']) }),
      ).toMatchObject({ code: 'change.not-allowed' });
    }
    expect(await store.channels.ofCustomer('acme')).toEqual([]);
  });

  it('may be incidents, which are told in one channel then', async () => {
    const store = createMemoryBotStore();
    await store.channels.put(kept({ channel: 'C9', use: 'incidents' }));
    await say('/customer channel incidents', commandHandlers, { store, agent: admin() });
    expect((await store.channels.ofCustomer('acme')).map(({ channel, use }) => `${channel} ${use}`).toSorted()).toEqual(
      ['C1 incidents', 'C9 talk'],
    );
  });

  it('is not incidents where others read along, before somebody allows it', async () => {
    const store = createMemoryBotStore();
    const slack = fakeSlack();
    slack.setChannel({ id: 'C1', isShared: true });
    expect(
      await failureOf('/customer channel incidents', commandHandlers, { store, slack, agent: admin() }),
    ).toMatchObject({ message: 'Others than your own people may read here.' });
    await say('/customer channel allow', commandHandlers, { store, slack, agent: admin() });
    await say('/customer channel incidents', commandHandlers, { store, slack, agent: admin() });
    expect(await store.channels.find('A1', 'T1', 'C1')).toMatchObject({ use: 'incidents', isSuspended: false });
  });

  it('that was suspended is open again when somebody allows it, for what it was', async () => {
    const store = createMemoryBotStore();
    await store.channels.put(kept({ use: 'incidents', isSuspended: true, why: 'A guest joined it.' }));
    await say('/customer channel allow', commandHandlers, { store, agent: admin() });
    expect(await store.channels.find('A1', 'T1', 'C1')).toMatchObject({ use: 'incidents', isSuspended: false });
  });

  it('may be forgotten', async () => {
    const store = createMemoryBotStore();
    await store.channels.put(kept());
    await say('/customer channel forget', commandHandlers, { store, agent: admin() });
    expect(await store.channels.find('A1', 'T1', 'C1')).toBeUndefined();
  });

  it('of another customer is neither told nor changed', async () => {
    const store = createMemoryBotStore();
    await store.channels.put(kept({ customer: 'other' }));
    for (const how of ['', 'incidents', 'allow', 'forget']) {
      expect((await failureOf(`/customer channel ${how}`, commandHandlers, { store, agent: admin() })).message).toBe(
        'This channel cannot be used.',
      );
    }
    expect(await store.channels.find('A1', 'T1', 'C1')).toEqual(kept({ customer: 'other' }));
  });

  it('needs the app to be in it, and a channel', async () => {
    for (const [given, message] of [
      [{ isMember: false }, 'I am not in this channel.'],
      [{ isDirectMessage: true }, 'A conversation with me alone is no channel.'],
    ] as const) {
      const slack = fakeSlack();
      slack.setChannel({ id: 'C1', ...given });
      expect(await failureOf('/customer channel talk', commandHandlers, { slack, agent: admin() })).toMatchObject({
        message,
      });
    }
  });
});
