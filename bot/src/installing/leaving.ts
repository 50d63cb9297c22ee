import type { WorkspaceEvent, WorkspaceSurroundings } from '../handling/workspace-event.ts';

async function remove({ installation, store, forget, log }: WorkspaceSurroundings): Promise<void> {
  const { app, team, enterprise } = installation;
  await store.installations.remove(app, team, enterprise);
  forget();
  log('an installation was removed', { app, team, enterprise });
}

/** The app was removed from the workspace: its tokens, channels, messages and threads go. https://docs.slack.dev/reference/events/app_uninstalled */
export const appUninstalled: WorkspaceEvent = { name: 'event.app_uninstalled', handle: remove };

/** Slack names the users whose tokens ended; the bot's own is what counts. https://docs.slack.dev/reference/events/tokens_revoked */
export const tokensRevoked: WorkspaceEvent = {
  name: 'event.tokens_revoked',
  handle: async (surroundings) => {
    const { event } = surroundings.event.payload as {
      readonly event?: { readonly tokens?: { readonly bot?: unknown } };
    };
    const bots = Array.isArray(event?.tokens?.bot) ? (event.tokens.bot as unknown[]) : [];
    if (bots.length > 0) await remove(surroundings);
  },
};
