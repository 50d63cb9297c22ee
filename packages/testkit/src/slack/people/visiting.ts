import { tell } from '../delivering/events.ts';
import { directMessage, homeKey } from '../state/slack-state.ts';
import { addBotMessage } from '../methods/posting.ts';
import { describeView } from '../state/views.ts';
import type { View } from '../state/views.ts';
import { sessionAt, threadOfMessage } from '../state/agent-sessions.ts';
import type { AssistantPane } from '../state/assistant-panes.ts';
import type { Channel } from '../state/channels.ts';
import { enterChannel, ownInstallation } from './acting.ts';
import type { Acting } from './acting.ts';
import { PersonCannot } from './cannot.ts';

/** Opens the Home tab of an app; the app hears of it and may publish. */
export function openHome(acting: Acting, app: string): void {
  const { world, user } = acting;
  const installation = ownInstallation(acting, ({ id }) => id === app, `the id ${app}`);
  if (installation.app.manifest.features.app_home?.home_tab_enabled !== true) {
    throw new PersonCannot('the app has no Home tab');
  }
  const channel = directMessage(world.state, user, installation.botUser, world.clock.now());
  const view = world.state.homes.get(homeKey(app, user.id));
  const body = {
    type: 'app_home_opened',
    user: user.id,
    channel: channel.id,
    tab: 'home',
    event_ts: world.state.ids.ts(),
    ...(view === undefined ? {} : { view: describeView(view) }),
  };
  tell(world, installation, { subscription: 'app_home_opened', body, channel }, user.team);
}

/** Opens the Messages tab of an app; the app hears of it, and may suggest what to ask. Gives the conversation with it. */
export function openMessages(acting: Acting, app: string): Channel {
  const { world, user } = acting;
  const installation = ownInstallation(acting, ({ id }) => id === app, `the id ${app}`);
  if (installation.app.manifest.features.app_home?.messages_tab_enabled !== true) {
    throw new PersonCannot('the app has no Messages tab');
  }
  const channel = directMessage(world.state, user, installation.botUser, world.clock.now());
  tell(
    world,
    installation,
    {
      subscription: 'app_home_opened',
      body: {
        type: 'app_home_opened',
        user: user.id,
        channel: channel.id,
        tab: 'messages',
        event_ts: world.state.ids.ts(),
      },
      channel,
    },
    user.team,
  );
  return channel;
}

/** What an app suggests to ask, above the conversations with it or in a thread of its assistant pane. */
export function suggestionsOf({ world }: Acting, channel: Channel, threadTs = ''): AssistantPane['prompts'] {
  return world.state.assistantPanes.get(`${channel.id} ${threadTs}`)?.prompts ?? [];
}

/** Presses the stop button of an agent that is at work in a thread. Slack ends what it streams there; the rest is the app's to do. */
export function stopSession(
  acting: Acting,
  app: string,
  at: { readonly channel: string; readonly threadTs: string },
): void {
  const { world, user } = acting;
  const channel = enterChannel(acting, at.channel);
  const installation = ownInstallation(acting, ({ id }) => id === app, `the id ${app}`);
  const hears =
    installation.app.manifest.settings.event_subscriptions?.bot_events.includes('agent_session_stopped') === true;
  if (!hears || sessionAt(world.state, { app, channel: channel.id, threadTs: at.threadTs })?.status !== 'processing') {
    throw new PersonCannot('there is nothing to stop');
  }
  const open = [...channel.messages.values()].filter(
    (message) =>
      message.stream?.isOpen === true &&
      message.user === installation.botUser.id &&
      threadOfMessage(message) === at.threadTs,
  );
  for (const { stream } of open) if (stream !== undefined) stream.isOpen = false;
  tell(
    world,
    installation,
    {
      subscription: 'agent_session_stopped',
      body: {
        type: 'agent_session_stopped',
        channel: channel.id,
        thread_ts: at.threadTs,
        user: user.id,
        streaming_message_ts: open.map(({ ts }) => ts),
        event_ts: world.state.ids.ts(),
      },
      channel,
    },
    user.team,
  );
}

/** What the Home tab of an app shows this person. */
export function homeOf({ world, user }: Acting, app: string): View | undefined {
  return world.state.homes.get(homeKey(app, user.id));
}

/** Where a person opened the assistant pane. */
export interface AssistantThread {
  readonly channel: string;
  readonly threadTs: string;
}

/** Opens the assistant pane of an app, beside a channel where one is given. */
export function openAssistant(acting: Acting, app: string, besideChannel?: string): AssistantThread {
  const { world, user } = acting;
  const installation = ownInstallation(acting, ({ id }) => id === app, `the id ${app}`);
  // An agent is spoken to in its Messages tab: `openMessages`.
  if (installation.app.manifest.features.assistant_view === undefined) {
    throw new PersonCannot('the app has no assistant pane');
  }
  const channel = directMessage(world.state, user, installation.botUser, world.clock.now());
  const root = addBotMessage(
    world,
    installation,
    channel,
    { text: 'New Assistant Thread' },
    { subtype: 'assistant_app_thread' },
  );
  const context =
    besideChannel === undefined
      ? {}
      : { channel_id: besideChannel, team_id: user.team.id, enterprise_id: user.team.enterprise?.id ?? null };
  const body = {
    type: 'assistant_thread_started',
    assistant_thread: { user_id: user.id, context, channel_id: channel.id, thread_ts: root.ts },
    event_ts: world.state.ids.ts(),
  };
  tell(world, installation, { subscription: 'assistant_thread_started', body, channel }, user.team);
  return { channel: channel.id, threadTs: root.ts };
}
