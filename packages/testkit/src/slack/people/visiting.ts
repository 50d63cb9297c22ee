import { tell } from '../delivering/events.ts';
import { directMessage, homeKey } from '../state/slack-state.ts';
import { addBotMessage } from '../methods/posting.ts';
import { describeView } from '../state/views.ts';
import type { View } from '../state/views.ts';
import { ownInstallation } from './acting.ts';
import type { Acting } from './acting.ts';
import { PersonCannot } from './cannot.ts';

/** Opens the Home tab of an app; the app hears of it and may publish. */
export function openHome(acting: Acting, app: string): void {
  const { world, user } = acting;
  const installation = ownInstallation(acting, ({ id }) => id === app, `the id ${app}`);
  if (installation.app.manifest.features.app_home?.home_tab_enabled !== true) throw new PersonCannot('the app has no Home tab');
  const channel = directMessage(world.state, user, installation.botUser, world.clock.now());
  const view = world.state.homes.get(homeKey(app, user.id));
  const body = { type: 'app_home_opened', user: user.id, channel: channel.id, tab: 'home', event_ts: world.state.ids.ts(), ...(view === undefined ? {} : { view: describeView(view) }) };
  tell(world, installation, { subscription: 'app_home_opened', body, channel }, user.team);
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
  const { assistant_view: assistant, agent_view: agent } = installation.app.manifest.features;
  if (assistant === undefined && agent === undefined) throw new PersonCannot('the app has no assistant pane');
  const channel = directMessage(world.state, user, installation.botUser, world.clock.now());
  const root = addBotMessage(world, installation, channel, { text: 'New Assistant Thread' }, { subtype: 'assistant_app_thread' });
  const context = besideChannel === undefined ? {} : { channel_id: besideChannel, team_id: user.team.id, enterprise_id: user.team.enterprise?.id ?? null };
  const body = { type: 'assistant_thread_started', assistant_thread: { user_id: user.id, context, channel_id: channel.id, thread_ts: root.ts }, event_ts: world.state.ids.ts() };
  tell(world, installation, { subscription: 'assistant_thread_started', body, channel }, user.team);
  return { channel: channel.id, threadTs: root.ts };
}
