import type { BotStore } from '@autodevops/domain/ports/bot-store';
import type { BotConfiguration } from './configuration/bot-configuration.ts';
import type { FollowPace } from './following/following.ts';
import type { Registry } from './handling/registry.ts';

/** What a bot is started with. */
export interface BotChoice {
  readonly configuration: BotConfiguration;
  /** What paths of the configuration are relative to. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly writeLog: (text: string) => void;
  /** A store that somebody opened already, in place of the configured one; it is not closed with the bot. */
  readonly openedStore?: BotStore;
  /** Other handlers than the bot's own, for tests. */
  readonly registry?: Registry;
  /** How agents are followed, if not as usual. */
  readonly pace?: FollowPace;
}
