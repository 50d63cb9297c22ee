import type { Change } from '@autodevops/domain/change/change';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { Handler } from '../../handling/handler.ts';
import { fakeAgent } from '../../testing/fake-agent.ts';
import { scene } from '../../testing/surroundings.ts';
import type { Scene, SceneChoice } from '../../testing/surroundings.ts';
import { wanted } from '../../threads/wanted.ts';

/** Message of a customer that stands in channel C1, as the delivery keeps it. */
export async function stands(
  store: BotStore,
  { key, customer = 'acme', ts }: { readonly key: string; readonly customer?: string; readonly ts: string },
): Promise<void> {
  const message = wanted(key, customer, { app: 'A1', team: 'T1', channel: 'C1' }, { text: key, blocks: [] });
  await store.messages.want([message]);
  await store.messages.claim({
    holder: 'test',
    milliseconds: 1000,
    limit: 100,
    lane: 'incident',
    now: new Date().toISOString(),
  });
  await store.messages.delivered(key, 'test', { digest: message.digest, ts });
}

/** A click on a button in channel C1. */
export function click(
  value: string,
  given: { readonly ts?: string; readonly isEphemeral?: boolean; readonly channel?: string } = {},
): Record<string, unknown> {
  const { ts = '1.1', channel = 'C1' } = given;
  return {
    type: 'block_actions',
    trigger_id: 'trigger',
    response_url: 'https://hooks.example/1',
    container: { type: 'message', message_ts: ts, is_ephemeral: given.isEphemeral ?? false },
    channel: { id: channel },
    message: { ts, thread_ts: '1.0' },
    actions: [{ action_id: 'x', value }],
  };
}

export interface Clicked extends Scene {
  readonly error: AutoDevOpsError | undefined;
}

/** Works on it as the worker does; gives what was thrown for people to read. */
export async function work(handler: Handler, payload: Record<string, unknown>, choice: SceneChoice): Promise<Clicked> {
  const made = scene(choice);
  try {
    await handler.handle(handler.payload.parse(payload), made.surroundings);
    return { ...made, error: undefined };
  } catch (error) {
    if (!(error instanceof AutoDevOpsError)) throw error;
    return { ...made, error };
  }
}

/** What was wanted to stand in Slack under a key, as one text. */
export async function wantedText(store: BotStore, key: string): Promise<string> {
  return JSON.stringify((await store.messages.byKey(key))?.content ?? {});
}

export function agentWith(change: Change, more: Parameters<typeof fakeAgent>[0] = {}): ReturnType<typeof fakeAgent> {
  return fakeAgent({ change: async () => change, cluster: async () => ({ name: 'prod', mode: 'cloud' }), ...more });
}

export const memoryStore = createMemoryBotStore;
