import { asInstalled } from '../server/api-method.ts';
import type { ApiMethod, InstalledCall } from '../server/api-method.ts';
import { neededText, textOf } from '../server/arguments.ts';
import { SlackError } from '../server/slack-error.ts';
import { sessionAt, sessionStatuses, setSession } from '../state/agent-sessions.ts';
import type { AgentSession } from '../state/agent-sessions.ts';
import { seenChannel } from './conversation.ts';

/** The thread that is meant. What is no agent has no sessions; threads only: there are no channels here that are one as a whole. */
function place(call: InstalledCall): Pick<AgentSession, 'app' | 'channel' | 'threadTs'> {
  const {
    args,
    installation: { app },
    user,
  } = call;
  const channel = seenChannel(call, neededText(args, 'channel_id', 'channel_not_found'));
  if (!channel.members.has(user.id)) throw new SlackError('not_authorized');
  if (app.manifest.features.agent_view === undefined) throw new SlackError('feature_disabled');
  return { app: app.id, channel: channel.id, threadTs: neededText(args, 'thread_ts', 'thread_ts_required') };
}

const setStatus = asInstalled((call) => {
  const {
    world,
    args,
    installation: { app },
  } = call;
  const at = place(call);
  const status = sessionStatuses.find((one) => one === textOf(args, 'status'));
  if (status === undefined) throw new SlackError('invalid_status');
  const initiator = textOf(args, 'initiator_user_id');
  if (initiator !== '' && world.state.channels.get(at.channel)?.members.has(initiator) !== true) {
    throw new SlackError('user_not_found');
  }
  const session = setSession(world.state, at, status, textOf(args, 'title'));
  const hears = app.manifest.settings.event_subscriptions?.bot_events.includes('agent_session_stopped') === true;
  return {
    status,
    title: session.title,
    ...(status === 'processing' && !hears ? { warning: 'missing_agent_session_stopped_event_subscription' } : {}),
  };
});

const rename = asInstalled((call) => {
  const session = sessionAt(call.world.state, place(call));
  if (session === undefined) throw new SlackError('session_not_found');
  session.title = neededText(call.args, 'title');
  return { title: session.title };
});

export const agentSessionMethods: Readonly<Record<string, ApiMethod>> = {
  'agents.sessions.setStatus': setStatus,
  'agents.sessions.rename': rename,
};
