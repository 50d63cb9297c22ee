import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { listOf, neededText, textOf } from '../server/arguments.ts';
import { explained, SlackError } from '../server/slack-error.ts';
import { setSession } from '../state/agent-sessions.ts';
import type { Channel } from '../state/channels.ts';
import type { AssistantPane } from '../state/assistant-panes.ts';
import { seenChannel } from './conversation.ts';

/** https://docs.slack.dev/reference/methods/assistant.threads.setStatus: cleared when nothing is sent for two minutes */
const statusLifetime = 120_000;
const mostLoadingMessages = 10;
/** https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
const mostPrompts = 4;

function isAgent({ installation: { app } }: InstalledCall): boolean {
  return app.manifest.features.agent_view !== undefined;
}

function thread(call: InstalledCall): { readonly channel: Channel; readonly ts: string } {
  const channel = seenChannel(call, neededText(call.args, 'channel_id', 'channel_not_found'));
  const ts = textOf(call.args, 'thread_ts');
  if (ts !== '' && !channel.messages.has(ts)) throw new SlackError('thread_not_found');
  return { channel, ts };
}

function paneAt({ world }: InstalledCall, channel: Channel, ts: string): AssistantPane {
  const key = `${channel.id} ${ts}`;
  const pane = world.state.assistantPanes.get(key) ?? {
    channel: channel.id,
    threadTs: ts,
    status: '',
    statusUntil: 0,
    title: '',
    prompts: [],
  };
  world.state.assistantPanes.set(key, pane);
  return pane;
}

const setStatus = asInstalled((call) => {
  const { channel, ts } = thread(call);
  if (!channel.members.has(call.user.id)) throw new SlackError('not_in_channel');
  const messages = call.args['loading_messages'];
  if (Array.isArray(messages) && messages.length > mostLoadingMessages) {
    throw new SlackError('too_many_loading_messages');
  }
  const pane = paneAt(call, channel, ts);
  pane.status = textOf(call.args, 'status');
  pane.statusUntil = call.world.clock.now() + statusLifetime;
  // https://docs.slack.dev/ai/migrating-to-agent-messaging#compatibility-bridge
  if (isAgent(call)) {
    setSession(
      call.world.state,
      { app: call.installation.app.id, channel: channel.id, threadTs: ts },
      pane.status === '' ? 'active' : 'processing',
    );
  }
  return {};
});

function assistantThread(call: InstalledCall): ReturnType<typeof thread> {
  const found = thread(call);
  if (found.channel.kind !== 'im') throw new SlackError('no_permission');
  return found;
}

const setSuggestedPrompts = asInstalled((call) => {
  const { channel, ts } = assistantThread(call);
  const prompts = listOf(call.args['prompts']);
  if (prompts.length === 0 || prompts.length > mostPrompts) {
    throw new SlackError(prompts.length === 0 ? 'invalid_prompts' : 'too_many_prompts');
  }
  const wrong = prompts.findIndex(
    ({ title, message }) => typeof title !== 'string' || title === '' || typeof message !== 'string' || message === '',
  );
  if (wrong !== -1) {
    throw explained('invalid_arguments', [
      `[ERROR] missing required field: title or message [json-pointer:/prompts/${wrong}]`,
    ]);
  }
  // Of an agent they stand above its conversations, in none of them: with a thread nothing is set, and nothing is said of it.
  if (isAgent(call) && ts !== '') return {};
  paneAt(call, channel, ts).prompts = prompts.map(({ title, message }) => ({
    title: String(title),
    message: String(message),
  }));
  return {};
});

const setTitle = asInstalled((call) => {
  const { channel, ts } = assistantThread(call);
  paneAt(call, channel, ts).title = neededText(call.args, 'title');
  return {};
});

export const assistantMethods: Readonly<Record<string, ApiMethod>> = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setTitle': setTitle,
};
