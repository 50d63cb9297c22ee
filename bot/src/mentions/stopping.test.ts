import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { answerSample } from '../testing/diagnosis-samples.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import { scene } from '../testing/surroundings.ts';
import { appMention } from './app-mention.ts';
import { sessionStopped } from './session-stopped.ts';
import { hear, talkingAgent } from './testing/talk-scene.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const place = { channel: 'C1', threadTs: '1800000100.000100' };

/** Somebody presses the button in the thread of the question, in another process. */
async function stop(
  store: ReturnType<typeof createMemoryBotStore>,
  receivedAt: string,
  slack = fakeSlack(),
): Promise<void> {
  const { surroundings } = scene({ store, slack, event: { id: 'EvStop', receivedAt } });
  await sessionStopped.handle(
    sessionStopped.payload.parse({
      event: {
        type: 'agent_session_stopped',
        channel: place.channel,
        thread_ts: place.threadTs,
        user: 'U1',
        streaming_message_ts: [],
      },
    }),
    surroundings,
  );
}

async function saidIn(store: ReturnType<typeof createMemoryBotStore>): Promise<string> {
  return JSON.stringify(
    await store.messages.claim({
      holder: 't',
      milliseconds: 1000,
      limit: 10,
      lane: 'interactive',
      now: new Date().toISOString(),
    }),
  );
}

it('a question that is worked on ends when its thread is stopped, wherever that is heard', async () => {
  const store = createMemoryBotStore();
  const agent = talkingAgent({
    ask: async (_given, { signal }) =>
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () =>
          reject(new AutoDevOpsError('interrupted', 'Interrupted.', 'Run it again.')),
        );
        void stop(store, '2027-01-15T08:00:01.000Z').then(() => vi.advanceTimersByTime(500));
      }),
  });
  const { slack } = await hear(appMention, { text: '<@UBOT> why is web failing?' }, { store, agent });
  expect(slack.callsOf('stream')).toEqual([]);
  expect(slack.callsOf('showAtWork').at(-1)).toEqual([{ ...place, user: 'U1' }, false]);
  expect(await saidIn(store)).toContain('Stopped, as you wished.');
});

it('what was stopped before stops nothing that is asked later', async () => {
  const store = createMemoryBotStore();
  await stop(store, '2027-01-15T07:59:59.000Z');
  const agent = talkingAgent({
    ask: async () => {
      await vi.advanceTimersByTimeAsync(5000);
      return answerSample();
    },
  });
  const { slack } = await hear(appMention, { text: '<@UBOT> why is web failing?' }, { store, agent });
  expect(slack.callsOf('stop')).toHaveLength(1);
});

it('the button takes away the sign of work that nobody does any more', async () => {
  const slack = fakeSlack();
  await stop(createMemoryBotStore(), '2027-01-15T08:00:01.000Z', slack);
  expect(slack.callsOf('showAtWork')).toEqual([[{ ...place, user: 'U1' }, false]]);
});
