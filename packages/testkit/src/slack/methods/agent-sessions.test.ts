import { expect, it } from 'vitest';
import { callApi } from '../testing/api-call.ts';
import { everything, scene } from '../testing/scene.ts';
import type { Scene } from '../testing/scene.ts';
import { sessionAt } from '../state/agent-sessions.ts';
import type { AgentSession } from '../state/agent-sessions.ts';

type Args = Readonly<Record<string, unknown>>;

const { assistant_view: _pane, ...features } = everything.features;
const {
  event_subscriptions: { bot_events: events },
} = everything.settings;

/** Everything of the tests' app, as an agent. */
function agentManifest(heard: readonly string[]) {
  return {
    ...everything,
    features: { ...features, agent_view: { agent_description: 'Helps' } },
    settings: { ...everything.settings, event_subscriptions: { bot_events: heard } },
  };
}

interface Agent extends Scene {
  readonly root: string;
  readonly ask: (method: string, args?: Args) => Promise<Args>;
  readonly status: (args?: Args) => Promise<Args>;
  readonly session: () => AgentSession | undefined;
}

/** An agent that was asked something in a channel. */
async function agent(heard: readonly string[] = [...events, 'agent_session_stopped']): Promise<Agent> {
  const set = await scene({}, { manifest: agentManifest(heard) });
  const { ts: root } = set.slack.person(set.ann).say(set.general, 'why?');
  const ask = async (method: string, args: Args = {}): Promise<Args> =>
    (await callApi(set.slack.apiUrl, method, set.bot.token, args)).answer;
  const at = { channel_id: set.general.id, thread_ts: root };
  return {
    ...set,
    root,
    ask,
    status: async (args = {}) => await ask('agents.sessions.setStatus', { ...at, ...args }),
    session: () => sessionAt(set.slack.state, { app: set.app.id, channel: set.general.id, threadTs: root }),
  };
}

it('begins by its first status, with a title that only a renaming changes', async () => {
  const { ask, status, session, general, root } = await agent();
  expect(await ask('agents.sessions.rename', { channel_id: general.id, thread_ts: root, title: 'Web' })).toMatchObject({
    error: 'session_not_found',
  });
  expect(await status({ status: 'processing', title: 'Web is down' })).toMatchObject({
    ok: true,
    status: 'processing',
    title: 'Web is down',
  });
  expect(await status({ status: 'active', title: 'Another' })).toMatchObject({ title: 'Web is down' });
  await ask('agents.sessions.rename', { channel_id: general.id, thread_ts: root, title: 'Web is slow' });
  expect(session()).toMatchObject({ status: 'active', title: 'Web is slow' });
});

it.each([
  ['a status that there is not', { status: 'thinking' }, 'invalid_status'],
  ['no thread', { status: 'active', thread_ts: undefined }, 'thread_ts_required'],
  ['a channel that there is not', { status: 'active', channel_id: 'C0NONE' }, 'channel_not_found'],
  ['an initiator who is not there', { status: 'processing', initiator_user_id: 'U0NOBODY' }, 'user_not_found'],
])('is refused with %s', async (_, args, error) => {
  expect(await (await agent()).status(args)).toMatchObject({ ok: false, error });
});

it('is nothing for an app that is no agent', async () => {
  const set = await scene();
  const { ts } = set.slack.person(set.ann).say(set.general, 'why?');
  expect(
    (
      await callApi(set.slack.apiUrl, 'agents.sessions.setStatus', set.bot.token, {
        channel_id: set.general.id,
        thread_ts: ts,
        status: 'processing',
      })
    ).answer,
  ).toMatchObject({ error: 'feature_disabled' });
});

it('is at work while its agent streams, and not when the stream has ended', async () => {
  const { ask, session, general, root, ann, team } = await agent();
  const { ts } = await ask('chat.startStream', {
    channel: general.id,
    thread_ts: root,
    recipient_user_id: ann.id,
    recipient_team_id: team.id,
  });
  expect(session()?.status).toBe('processing');
  await ask('chat.stopStream', { channel: general.id, ts, markdown_text: 'done' });
  expect(session()?.status).toBe('active');
});

it('is stopped by a person: the stream ends, the app is told, and the status is its own to set', async () => {
  const { slack, ask, session, general, root, ann, app, team } = await agent();
  const { ts } = await ask('chat.startStream', {
    channel: general.id,
    thread_ts: root,
    recipient_user_id: ann.id,
    recipient_team_id: team.id,
  });
  slack.person(ann).stop(app, { channel: general.id, threadTs: root });
  expect(slack.deliveries.at(-1)?.payload['event']).toMatchObject({
    type: 'agent_session_stopped',
    channel: general.id,
    thread_ts: root,
    user: ann.id,
    streaming_message_ts: [ts],
  });
  expect(await ask('chat.appendStream', { channel: general.id, ts, markdown_text: 'more' })).toMatchObject({
    error: 'message_not_in_streaming_state',
  });
  expect(session()?.status).toBe('processing');
});

it('has no stop button where the app would not hear of it, and says so', async () => {
  const { slack, status, general, root, ann, app } = await agent([...events]);
  expect(await status({ status: 'processing' })).toMatchObject({
    ok: true,
    warning: 'missing_agent_session_stopped_event_subscription',
  });
  expect(() => slack.person(ann).stop(app, { channel: general.id, threadTs: root })).toThrow('nothing to stop');
});

it('an agent suggests above its conversations, and in none of them', async () => {
  const { slack, ask, ann, app } = await agent();
  const channel = slack.person(ann).openMessages(app);
  expect(slack.deliveries.at(-1)?.payload['event']).toMatchObject({
    type: 'app_home_opened',
    tab: 'messages',
    channel: channel.id,
  });
  const prompts = [{ title: 'Why?', message: 'why?' }];
  const { ts } = slack.person(ann).writeTo(app, 'hello');
  expect(
    await ask('assistant.threads.setSuggestedPrompts', { channel_id: channel.id, thread_ts: ts, prompts }),
  ).toMatchObject({ ok: true });
  expect(slack.person(ann).suggestions(channel)).toEqual([]);
  await ask('assistant.threads.setSuggestedPrompts', { channel_id: channel.id, prompts });
  expect(slack.person(ann).suggestions(channel)).toEqual(prompts);
});
