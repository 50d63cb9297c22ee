import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { Handler } from '../../handling/handler.ts';
import { answerSample } from '../../testing/diagnosis-samples.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import type { FakeAgent } from '../../testing/fake-agent.ts';
import { scene } from '../../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../../testing/surroundings.ts';
import { incidentSample } from '../../threads/testing/incident-samples.ts';
import { wanted } from '../../threads/wanted.ts';

export const conversation = {
  id: 'cnv-aaaaaaaaaaaa',
  workspace: 'slack',
  title: '',
  begunAt: '',
  updatedAt: '',
  turns: 0,
};

/** An agent that begins conversations, answers, and knows the incident of the samples. */
export function talkingAgent(answers: Parameters<typeof fakeAgent>[0] = {}): FakeAgent {
  return fakeAgent({
    beginConversation: async () => conversation,
    ask: async () => answerSample(),
    incident: async () => incidentSample(),
    updateIncident: async () => incidentSample(),
    ...answers,
  });
}

export interface Written {
  readonly text: string;
  readonly thread?: string;
  readonly channel?: string;
}

/** Lets a handler hear what somebody wrote, in an event of its own. */
export async function hear(
  handler: Handler,
  { text, thread, channel = 'C1' }: Written,
  choice: SceneChoice = {},
): Promise<Scene> {
  const made = scene({ store: createMemoryBotStore(), agent: talkingAgent(), ...choice });
  const event = {
    type: 'message',
    user: 'U1',
    text,
    ts: '1800000100.000100',
    channel,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  };
  await handler.handle(
    handler.payload.parse({ type: 'event_callback', event, authorizations: [{ user_id: 'UBOT', is_bot: true }] }),
    made.surroundings,
  );
  return made;
}

/** A message that the bot posted there, by its key. */
export async function posted(store: BotStore, key: string, ts: string): Promise<void> {
  await store.messages.want([wanted(key, 'acme', { app: 'A1', team: 'T1', channel: 'C1' }, { text: 'x', blocks: [] })]);
  const [kept] = await store.messages.claim({
    holder: 'test',
    milliseconds: 1000,
    limit: 1,
    lane: 'incident',
    now: new Date().toISOString(),
  });
  if (kept === undefined) throw new Error('nothing to post');
  await store.messages.delivered(kept.key, 'test', { digest: kept.digest, ts });
}
