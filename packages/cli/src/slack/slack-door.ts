import type { DeadLetter } from '@autodevops/bot/dead-letters';
import type { AppManifest } from '@autodevops/bot/manifest';
import type { SlackCheck } from '@autodevops/bot/slack-check';

export interface ManifestWish {
  readonly name: string;
  /** Where Slack finds the bot; undefined for Socket Mode. */
  readonly url: string | undefined;
  readonly app: string | undefined;
  readonly unfurlDomains: readonly string[];
  readonly isDistributed: boolean;
  readonly readsEmail: boolean;
}

/** A bot of this machine's user, beside the agent of a cluster. */
export interface LaptopWish {
  readonly botToken: string;
  readonly appToken: string;
  /** Where incidents are told; undefined: nowhere. */
  readonly incidentChannel: string | undefined;
  /** Undefined: the sample cluster. */
  readonly context: string | undefined;
  /**
   * Called when it takes events, or goes on trying to. `code` links the user of this machine to his account in Slack;
   * undefined where the agent gives none. `flaw`: why Slack is not reached yet.
   */
  readonly started: (facts: {
    readonly agent: 'inside' | 'running';
    readonly log: string;
    readonly code: string | undefined;
    readonly flaw: string | undefined;
  }) => void;
}

/** The bot, as commands see it. Made in compose.ts. */
export interface SlackDoor {
  readonly manifest: (wish: ManifestWish) => Promise<AppManifest>;
  readonly doctor: (config: string, signal: AbortSignal) => Promise<readonly SlackCheck[]>;
  /** Is the bot until the signal. */
  readonly run: (config: string, signal: AbortSignal) => Promise<void>;
  readonly deadLetters: (config: string, limit: number) => Promise<readonly DeadLetter[]>;
  /** `address` as the role that owns the tables. */
  readonly migrate: (address: string, runtimeRole: string) => Promise<void>;
  /** Tries it again; forgets it. False: there is none of that name. */
  readonly replay: (config: string, id: string) => Promise<boolean>;
  readonly drop: (config: string, id: string) => Promise<boolean>;
  readonly installLink: (
    config: string,
    visit: { readonly app: string; readonly customer: string; readonly admin: string },
  ) => Promise<{ readonly url: string; readonly until: string }>;
  /** Is a bot beside the cluster's agent until the signal, by nothing but two tokens. */
  readonly serveLaptop: (wish: LaptopWish, signal: AbortSignal) => Promise<void>;
}
