import type { World } from '../world.ts';
import { covers } from '../state/apps.ts';
import type { Installation } from '../state/apps.ts';
import { isExternallyShared } from '../state/channels.ts';
import type { Channel } from '../state/channels.ts';
import { installationsIn } from '../state/slack-state.ts';
import type { Team } from '../state/workspaces.ts';
import { eventScopes } from './event-scopes.ts';

/** An event as apps see it; `subscription` is what they subscribe to where that is not its type (`message.channels`). */
export interface SlackEvent {
  readonly subscription: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly channel?: Channel;
}

/** Tells apps with a bot in the channel: each app once, however many workspaces have it. */
export function tellChannel(world: World, channel: Channel, event: Omit<SlackEvent, 'channel'>): void {
  const told = new Set<string>();
  for (const installation of installationsIn(world.state, channel)) {
    if (told.has(installation.app.id) || !wants(installation, event.subscription)) continue;
    told.add(installation.app.id);
    tell(world, installation, { ...event, channel });
  }
}

/** Tells one installation, if it has subscribed and may know. */
export function tell(
  world: World,
  installation: Installation,
  event: SlackEvent,
  team: Team = workspaceOf(installation, event.channel),
): boolean {
  if (!wants(installation, event.subscription)) return false;
  const { app } = installation;
  const budget = world.eventBudget.take(app.id, team.id);
  if (budget === 'send') {
    world.deliveries.publish({ app, kind: 'event', payload: envelope(world, installation, event, team) });
  }
  if (budget === 'tell') {
    world.deliveries.publish({ app, kind: 'event', payload: rateLimited(world, installation, team) });
  }
  return budget === 'send';
}

/** Through which of its workspaces an installation sees a channel. */
function workspaceOf(installation: Installation, channel: Channel | undefined): Team {
  return (
    installation.team ??
    [...(channel?.teams ?? [])].find((team) => covers(installation, team)) ??
    installation.botUser.team
  );
}

function wants({ app, scopes }: Installation, subscription: string): boolean {
  const needed = eventScopes[subscription] ?? [];
  const subscribed = app.manifest.settings.event_subscriptions?.bot_events ?? [];
  return subscribed.includes(subscription) && (needed.length === 0 || needed.some((scope) => scopes.includes(scope)));
}

/** https://docs.slack.dev/reference/events/app_rate_limited */
function rateLimited({ clock }: World, { app }: Installation, team: Team): Record<string, unknown> {
  return {
    type: 'app_rate_limited',
    token: app.verificationToken,
    team_id: team.id,
    api_app_id: app.id,
    minute_rate_limited: Math.floor(clock.now() / 60_000) * 60,
  };
}

/** https://docs.slack.dev/apis/events-api#callback-field */
function envelope(world: World, installation: Installation, event: SlackEvent, team: Team): Record<string, unknown> {
  const enterprise = team.enterprise?.id ?? null;
  return {
    token: installation.app.verificationToken,
    team_id: team.id,
    ...(enterprise === null ? {} : { enterprise_id: enterprise }),
    context_team_id: team.id,
    context_enterprise_id: enterprise,
    api_app_id: installation.app.id,
    event: event.body,
    type: 'event_callback',
    event_id: world.state.ids.next('Ev'),
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: installation.team?.id ?? null,
        user_id: installation.botUser.id,
        is_bot: true,
        is_enterprise_install: installation.team === undefined,
      },
    ],
    is_ext_shared_channel: event.channel !== undefined && isExternallyShared(event.channel),
    event_context: `4-${world.state.ids.secret(24)}`,
  };
}
