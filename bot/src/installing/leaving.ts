import { z } from 'zod';
import type { WorkspaceEvent, WorkspaceSurroundings } from '../handling/workspace-event.ts';

/** What of such an event says what is gone. */
const Leaving = z.looseObject({
  /** In seconds, of Slack's clock. */
  event_time: z.number().catch(Infinity),
  authorizations: z.array(z.looseObject({ is_enterprise_install: z.boolean().catch(false) })).catch([]),
  event: z
    .looseObject({
      tokens: z.looseObject({ bot: z.array(z.string()).catch([]) }).catch({ bot: [] }),
      team_ids: z.array(z.string()).catch([]),
    })
    .catch({ tokens: { bot: [] }, team_ids: [] }),
});
type Leaving = z.infer<typeof Leaving>;

/**
 * Whether it is this installation that went. Slack tells of one removal twice, in any order, and again after a while: what
 * was installed since is another. An organisation's stays when one of its workspaces goes.
 */
function isGone({ event_time: at, authorizations }: Leaving, { installation, origin }: WorkspaceSurroundings): boolean {
  const isOfOrganisation = origin.team === '' || authorizations[0]?.is_enterprise_install === true;
  const isSince = at >= Math.floor(Date.parse(installation.installedAt) / 1000);
  return isSince && (installation.team !== '' || isOfOrganisation);
}

async function remove(said: Leaving, surroundings: WorkspaceSurroundings): Promise<void> {
  const { installation, store, forget, log } = surroundings;
  const { app, team, enterprise } = installation;
  if (!isGone(said, surroundings)) {
    log('an installation stays: what was removed is another one', { app, team, enterprise });
    return;
  }
  await store.installations.remove(app, team, enterprise);
  forget();
  log('an installation was removed', { app, team, enterprise });
}

/** The app was removed from the workspace: its tokens, channels, messages and threads go. https://docs.slack.dev/reference/events/app_uninstalled */
export const appUninstalled: WorkspaceEvent = {
  name: 'event.app_uninstalled',
  handle: async (surroundings) => await remove(Leaving.parse(surroundings.event.payload), surroundings),
};

/** Slack names the users whose tokens ended; the bot's own is what counts. https://docs.slack.dev/reference/events/tokens_revoked */
export const tokensRevoked: WorkspaceEvent = {
  name: 'event.tokens_revoked',
  handle: async (surroundings) => {
    const said = Leaving.parse(surroundings.event.payload);
    if (said.event.tokens.bot.includes(surroundings.installation.botUser)) await remove(said, surroundings);
  },
};

/** Workspaces of an organisation do not have the app any more: what their channels are for goes. https://docs.slack.dev/reference/events/team_access_revoked */
export const teamAccessRevoked: WorkspaceEvent = {
  name: 'event.team_access_revoked',
  handle: async ({ event, installation: { app, customer }, store, log }) => {
    const gone = new Set(Leaving.parse(event.payload).event.team_ids);
    for (const kept of await store.channels.ofCustomer(customer)) {
      if (kept.app !== app || !gone.has(kept.team)) continue;
      await store.channels.remove(kept.app, kept.team, kept.channel);
      log('a channel was forgotten: its workspace does not have the app any more', { app, team: kept.team });
    }
  },
};
