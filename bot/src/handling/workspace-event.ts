import type { BotStore, InboundEvent, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { Origin } from '../receiving/origin.ts';
import type { SlackApi } from '../slack/slack-api.ts';

/** What an event of the workspace itself is worked on with: nobody acts in it. */
export interface WorkspaceSurroundings {
  readonly event: InboundEvent;
  readonly origin: Origin;
  readonly installation: KeptInstallation;
  readonly slack: SlackApi;
  readonly store: BotStore;
  /** Forgets what is known of the installation in this process. */
  readonly forget: () => void;
  readonly signal: AbortSignal;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** What the bot does when something happens to a workspace or a channel, whoever did it. May be run again. */
export interface WorkspaceEvent {
  /** `event.app_uninstalled` */
  readonly name: string;
  readonly scopes?: readonly string[];
  readonly handle: (surroundings: WorkspaceSurroundings) => Promise<void>;
}
