import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { describe, expect, it } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { directMessage } from '../messages-tab/direct-message.ts';
import { SlackFailure } from '../slack/slack-failure.ts';
import { answerSample, webObject } from '../testing/diagnosis-samples.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import { changeSample, diagnosed, incidentSample } from '../threads/testing/incident-samples.ts';
import { messageKeys } from '../threads/message-keys.ts';
import { appMention } from './app-mention.ts';
import { forgetOldNotes } from '../keeping/old-notes.ts';
import { conversation, hear, posted, talkingAgent } from './testing/talk-scene.ts';
import { threadReply } from './thread-reply.ts';

const thread = '1800000000.000100';
const root = messageKeys.root('acme', 'inc-aaaaaaaaaaaa');
const withIncident = async () => {
  const store = createMemoryBotStore();
  await posted(store, root, thread);
  return store;
};
const wantedNow = async (store: ReturnType<typeof createMemoryBotStore>) =>
  await store.messages.claim({
    holder: 't',
    milliseconds: 1000,
    limit: 10,
    lane: 'interactive',
    now: new Date().toISOString(),
  });

describe('a mention', () => {
  it('is answered beneath, growing in place, and shown to be worked on until then', async () => {
    const { slack, agent } = await hear(appMention, { text: '<@UBOT> why is web failing?' });
    const place = { channel: 'C1', threadTs: '1800000100.000100' };
    expect(agent.callsOf('ask')).toEqual([
      { body: { question: 'why is web failing?', conversation: conversation.id } },
    ]);
    expect(slack.callsOf('showAtWork')).toEqual([[{ ...place, user: 'U1' }, true]]);
    expect(slack.callsOf('stream')).toEqual([[{ ...place, user: 'U1', team: 'T1', key: 'acme/answer/Ev1' }]]);
    expect(slack.callsOf('append').map(([text]) => text)).toEqual([
      '**The tag 1.5 is not there.**',
      '\n\nIt began 5 minutes ago.',
    ]);
    expect(JSON.stringify(slack.callsOf('stop')[0])).toContain('Image not found');
  });

  it('in a thread is answered in that thread', async () => {
    const { slack } = await hear(appMention, { text: '<@UBOT> why?', thread });
    expect(slack.callsOf('stream')[0]).toMatchObject([{ threadTs: thread }]);
  });

  it('that asks nothing gets help, and the agent is left alone', async () => {
    const store = createMemoryBotStore();
    const { agent } = await hear(appMention, { text: '<@UBOT> hi' }, { store });
    expect(agent.calls).toEqual([]);
    expect(JSON.stringify((await wantedNow(store)).map(({ content }) => content))).toContain('/jamie help');
  });

  it('that is not understood is told so', async () => {
    const agent = talkingAgent({
      ask: async () => answerSample({ outcome: 'not-understood', headline: 'I cannot answer that.' }),
    });
    expect((await hear(appMention, { text: '<@UBOT> sing' }, { agent })).slack.callsOf('append')[0]).toEqual([
      '**I cannot answer that.**',
    ]);
  });

  it('with hostile words in the answer calls nobody', async () => {
    const agent = talkingAgent({
      ask: async () => answerSample({ headline: '<!channel> [x](https://evil.example)', lines: ['<@U1> @here'] }),
    });
    const { slack } = await hear(appMention, { text: '<@UBOT> why?' }, { agent });
    expect(slack.callsOf('append').flat().join('')).not.toMatch(/<[!@#]|@\w|(?<!\\)\]\(|:\/\//);
  });

  it('that the agent does not answer is worked on no more, and tells why', async () => {
    const slack = fakeSlack();
    const agent = talkingAgent({
      ask: async () => {
        throw new AutoDevOpsError('agent.unreachable', 'The agent does not answer.', 'Wait.');
      },
    });
    await expect(hear(appMention, { text: '<@UBOT> why?' }, { agent, slack })).rejects.toThrow('does not answer');
    expect(slack.callsOf('showAtWork').at(-1)).toMatchObject([{}, false]);
  });

  it('that cannot grow is said at once, and worked on no more', async () => {
    const slack = fakeSlack();
    slack.failNext('stream', new SlackFailure('refused', 'channel_type_not_supported'));
    const store = createMemoryBotStore();
    await hear(appMention, { text: '<@UBOT> why?' }, { slack, store });
    expect(await wantedNow(store)).toHaveLength(1);
    expect(slack.callsOf('showAtWork').at(-1)).toMatchObject([{}, false]);
  });

  it('is answered where Slack does not show that it is worked on', async () => {
    const slack = fakeSlack();
    slack.failNext('showAtWork', new SlackFailure('refused', 'missing_scope'));
    expect((await hear(appMention, { text: '<@UBOT> why?' }, { slack })).slack.callsOf('stop')).toHaveLength(1);
  });
});

describe('a conversation', () => {
  it('goes on in its thread, each person his own', async () => {
    const store = createMemoryBotStore();
    const agent = talkingAgent();
    await hear(appMention, { text: '<@UBOT> why is web failing?', thread }, { store, agent });
    await hear(appMention, { text: '<@UBOT> and its logs?', thread }, { store, agent, event: { id: 'Ev2' } });
    expect(agent.callsOf('beginConversation')).toHaveLength(1);
    const other = talkingAgent();
    await hear(
      appMention,
      { text: '<@UBOT> and its logs?', thread },
      { store, agent: other, user: 'U2', event: { id: 'Ev3' } },
    );
    expect(other.callsOf('beginConversation')).toHaveLength(1);
  });

  it('of long ago is begun anew, and one of today goes on', async () => {
    const store = createMemoryBotStore();
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, now: '2027-01-01T00:00:00.000Z' });
    await hear(
      appMention,
      { text: '<@UBOT> why?', thread: '1800000000.000200' },
      { store, now: '2027-02-01T00:00:00.000Z', event: { id: 'Ev2' } },
    );
    await forgetOldNotes(store.notes, 'acme', '2027-01-15T00:00:00.000Z');
    const agent = talkingAgent();
    await hear(
      appMention,
      { text: '<@UBOT> why?', thread: '1800000000.000200' },
      { store, agent, event: { id: 'Ev3' } },
    );
    expect(agent.callsOf('beginConversation')).toEqual([]);
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, agent, event: { id: 'Ev4' } });
    expect(agent.callsOf('beginConversation')).toHaveLength(1);
  });

  it('that was forgotten is begun anew', async () => {
    const store = createMemoryBotStore();
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store });
    const agent = talkingAgent({
      beginConversation: async () => ({ ...conversation, id: 'cnv-bbbbbbbbbbbb' }),
      ask: async (given) => {
        if (given.body?.conversation === conversation.id) {
          throw new AutoDevOpsError('object.not-found', 'You have no conversation.', 'See.');
        }
        return answerSample();
      },
    });
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, agent, event: { id: 'Ev2' } });
    expect(agent.callsOf('ask').at(-1)).toMatchObject({ body: { conversation: 'cnv-bbbbbbbbbbbb' } });
  });

  it('in the thread of an incident knows from the first question what "it" is', async () => {
    const agent = talkingAgent({ incident: async () => incidentSample(diagnosed) });
    await hear(appMention, { text: '<@UBOT> is it better now?', thread }, { store: await withIncident(), agent });
    expect(agent.callsOf('ask').map((given) => (given as { body: { question: string } }).body.question)).toEqual([
      'why is Deployment shop/web failing',
      'is it better now?',
    ]);
  });

  it('in the thread of a change is about what the change touches', async () => {
    const store = createMemoryBotStore();
    await posted(store, messageKeys.card('acme', 'chg-bbbbbbbbbbbb'), thread);
    const agent = talkingAgent({ change: async () => changeSample() });
    await hear(appMention, { text: '<@UBOT> who uses it?', thread }, { store, agent });
    expect(agent.callsOf('ask')[0]).toMatchObject({
      body: { question: `why is Deployment ${webObject.namespace}/${webObject.name} failing` },
    });
  });

  it("that another customer's message began is about nothing of ours", async () => {
    const store = createMemoryBotStore();
    await posted(store, messageKeys.root('other', 'inc-aaaaaaaaaaaa'), thread);
    const { agent } = await hear(appMention, { text: '<@UBOT> why?', thread }, { store });
    expect(agent.callsOf('incident')).toEqual([]);
  });
});

describe('worked on again after a crash, an answer', () => {
  it('that stands already is not said again, and the agent is asked the same', async () => {
    const store = createMemoryBotStore();
    const slack = fakeSlack();
    await store.notes.swap('acme', 'answer/Ev1', undefined, { begun: true });
    await slack.api.post(
      { channel: 'C1', threadTs: thread, key: 'acme/answer/Ev1', content: {} },
      'stream',
      AbortSignal.timeout(1000),
    );
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, slack });
    expect(slack.callsOf('stream')).toEqual([]);
    expect(await wantedNow(store)).toEqual([]);
  });

  it('that was only begun is said, whole', async () => {
    const store = createMemoryBotStore();
    await store.notes.swap('acme', 'answer/Ev1', undefined, { begun: true });
    const { slack } = await hear(appMention, { text: '<@UBOT> why?', thread }, { store });
    expect(slack.callsOf('stream')).toEqual([]);
    expect(await wantedNow(store)).toMatchObject([
      { key: 'acme/answer/Ev1', place: { channel: 'C1', threadTs: thread } },
    ]);
  });

  it('that was said whole is not said again, though its event was not settled yet', async () => {
    const store = createMemoryBotStore();
    const slack = fakeSlack();
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, slack });
    await slack.api.post(
      { channel: 'C1', threadTs: thread, key: 'acme/answer/Ev1', content: {} },
      'stream',
      AbortSignal.timeout(1000),
    );
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, slack });
    expect(slack.callsOf('stream')).toHaveLength(1);
    expect(await wantedNow(store)).toEqual([]);
  });

  it('is of the same calls in the same order, so that none is made twice', async () => {
    const store = await withIncident();
    const agent = () => talkingAgent({ incident: async () => incidentSample(diagnosed) });
    const [first, second] = [agent(), agent()];
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, agent: first });
    await hear(appMention, { text: '<@UBOT> why?', thread }, { store, agent: second });
    expect(second.calls).toEqual(first.calls);
  });
});

it('where Slack does not take a stream, the answer is wanted as a message', async () => {
  const store = createMemoryBotStore();
  const slack = fakeSlack();
  slack.failNext('stream', new SlackFailure('later', 'ratelimited'));
  await hear(appMention, { text: '<@UBOT> why?' }, { store, slack });
  expect(await wantedNow(store)).toMatchObject([{ key: 'acme/answer/Ev1' }]);
});

describe('a plain reply', () => {
  it("in a thread of nobody's is left alone, whatever it asks", async () => {
    const { agent, slack } = await hear(threadReply, { text: 'why is web failing?', thread });
    expect(agent.calls).toEqual([]);
    expect(slack.calls).toEqual([]);
  });

  it('in the thread of an incident is answered when it asks', async () => {
    const { slack } = await hear(threadReply, { text: 'why is web failing?', thread }, { store: await withIncident() });
    expect(slack.callsOf('stop')).toHaveLength(1);
  });

  it('that asks something else than I know is left to people, without a word', async () => {
    const agent = talkingAgent({ ask: async () => answerSample({ outcome: 'not-understood' }) });
    const { slack } = await hear(
      threadReply,
      { text: 'who is on lunch?', thread },
      { store: await withIncident(), agent },
    );
    expect(slack.calls).toEqual([]);
  });

  it('of who may not ask, or while the agent is away, is left without a word', async () => {
    for (const code of ['change.not-allowed', 'agent.unreachable'] as const) {
      const agent = talkingAgent({
        ask: async () => {
          throw new AutoDevOpsError(code, 'No.', 'Ask.');
        },
      });
      const { slack } = await hear(
        threadReply,
        { text: 'why is web failing?', thread },
        { store: await withIncident(), agent },
      );
      expect(slack.calls).toEqual([]);
    }
  });

  it('between people is not even kept', () => {
    const concerns = (text: string): boolean | undefined =>
      threadReply.concerns?.(
        threadReply.payload.parse({
          event: { user: 'U1', text, ts: '1.1', thread_ts: '1.0', channel: 'C1' },
          authorizations: [{ user_id: 'UBOT', is_bot: true }],
        }),
      );
    expect(concerns('I am on it')).toBe(false);
    expect(concerns('why is web failing?')).toBe(true);
  });

  it('between people is not looked at', async () => {
    for (const text of ['I am on it', '<@U2> can you look?', 'why? <@UBOT>']) {
      const { agent } = await hear(threadReply, { text, thread }, { store: await withIncident() });
      expect(agent.calls).toEqual([]);
    }
  });

  it('in a thread where somebody mentioned the bot goes on there', async () => {
    const store = createMemoryBotStore();
    await hear(appMention, { text: '<@UBOT> why is web failing?', thread }, { store });
    const { slack } = await hear(threadReply, { text: 'and its logs?', thread }, { store, event: { id: 'Ev2' } });
    expect(slack.callsOf('stop')).toHaveLength(1);
  });
});

describe('for the timeline', () => {
  it("what is said in an incident's thread is kept, and confirmed to who said it", async () => {
    for (const [handler, text] of [
      [appMention, '<@UBOT> timeline: the cache was cleared'],
      [threadReply, 'add the cache was cleared to the timeline'],
    ] as const) {
      const { agent, slack } = await hear(handler, { text, thread }, { store: await withIncident() });
      expect(agent.callsOf('updateIncident')).toEqual([
        { params: { id: 'inc-aaaaaaaaaaaa' }, body: { says: 'the cache was cleared' } },
      ]);
      expect(slack.callsOf('whisper')[0]).toMatchObject([{ channel: 'C1', user: 'U1', threadTs: thread }, {}]);
    }
  });

  it('nothing is kept outside of one', async () => {
    const store = createMemoryBotStore();
    const { agent } = await hear(appMention, { text: '<@UBOT> timeline: the cache was cleared' }, { store });
    expect(agent.calls).toEqual([]);
    expect(JSON.stringify(await wantedNow(store))).toContain('This thread belongs to no incident.');
  });
});

it('what is written to the bot alone is always meant for it', async () => {
  const { slack, agent } = await hear(directMessage, { text: 'web', channel: 'D1' });
  expect(agent.callsOf('ask')).toMatchObject([{ body: { question: 'web' } }]);
  expect(slack.callsOf('stop')).toHaveLength(1);
});
