import type { SlackClock } from './clock/slack-clock.ts';
import type { DeliveryKind, LoggedDelivery, Outcome } from './delivering/delivery.ts';
import type { FaultScript } from './faults/fault-script.ts';
import type { Person } from './people/person.ts';
import type { CallLog } from './server/call-log.ts';
import type { Installation, IssuedTokens, SlackApp } from './state/apps.ts';
import type { Channel } from './state/channels.ts';
import type { SlackState } from './state/slack-state.ts';
import type { Enterprise, Team, User } from './state/workspaces.ts';

export interface NewUser {
  readonly name: string;
  readonly email?: string;
  readonly isAdmin?: boolean;
  /** Multi-channel or single-channel guest. */
  readonly guest?: 'multi' | 'single';
  readonly isDeleted?: boolean;
  readonly isEmailConfirmed?: boolean;
}

export interface NewChannel {
  readonly name: string;
  readonly members?: readonly User[];
  readonly isPrivate?: boolean;
  /** Other workspaces that see it: of another organisation by Slack Connect. */
  readonly sharedWith?: readonly Team[];
}

export interface NewApp {
  /** As Slack takes it; its name, commands, shortcuts, events, scopes and modes are what counts here. */
  readonly manifest: unknown;
  /** One address for everything that is sent over HTTP, in place of those of the manifest. */
  readonly requestUrl?: string;
  readonly signingSecret?: string;
  readonly distribution?: SlackApp['distribution'];
}

/** An installation with what it was given to call with. */
export type Installed = Installation & IssuedTokens;

/** A Slack of one's own, on loopback. */
export interface SlackStandIn {
  /** `http://127.0.0.1:PORT`; in a browser, the channels as people see them. */
  readonly url: string;
  /** For `slackApiUrl` of the SDK. */
  readonly apiUrl: string;
  /** For `authorizationUrl` of the SDK: the page of OAuth. */
  readonly authorisationUrl: string;
  readonly clock: SlackClock;
  readonly state: SlackState;
  /** Every call of the Web API and of response addresses. */
  readonly calls: CallLog;
  /** Every attempt to deliver something to an app. */
  readonly deliveries: readonly LoggedDelivery[];
  readonly faults: FaultScript;

  readonly addEnterprise: (name: string) => Enterprise;
  readonly addTeam: (name: string, enterprise?: Enterprise) => Team;
  readonly addUser: (team: Team, user: NewUser) => User;
  readonly addChannel: (team: Team, channel: NewChannel) => Channel;
  readonly addApp: (app: NewApp) => SlackApp;
  /** As an administrator would: with the manifest's scopes, or fewer. */
  readonly install: (
    app: SlackApp,
    where: Team | Enterprise,
    options?: { readonly scopes?: readonly string[]; readonly installer?: User },
  ) => Installed;
  /** Removes the app; it hears of it and its tokens hold no more. */
  readonly uninstall: (installation: Installation) => void;
  readonly revokeToken: (token: string) => void;
  /** For Socket Mode: `xapp-…` with these scopes. */
  readonly appToken: (app: SlackApp, scopes?: readonly string[]) => string;
  /** For an app's settings: `xoxe.xoxp-…`, for twelve hours. */
  readonly configurationToken: (app: SlackApp) => string;
  readonly invite: (channel: Channel, ...users: readonly User[]) => void;
  /** By Slack Connect where the workspace is of another company. `isPending`: invited, not accepted yet. Apps hear of it. */
  readonly share: (channel: Channel, team: Team, options?: { readonly isPending?: boolean }) => void;
  /** The workspace and its people are in the channel no longer. */
  readonly unshare: (channel: Channel, team: Team) => void;

  /** What a person's browser would be sent to after agreeing on the page that an app sends it to; undefined: Slack shows an error. */
  readonly authorise: (
    url: string,
    user: User,
    choice?: { readonly isAllowed?: boolean; readonly forOrganisation?: boolean },
  ) => string | undefined;
  readonly person: (user: User) => Person;
  /** Sends an app anything at all, rightly signed: what a forger with the secret, or Slack on a strange day, might send. */
  readonly forge: (app: SlackApp, kind: DeliveryKind, payload: Readonly<Record<string, unknown>>) => Promise<Outcome>;
  /** Asks the app's address to prove itself, as Slack does when it is entered. */
  readonly verifyUrl: (app: SlackApp) => Promise<boolean>;
  /** False: the app has failed nearly always for an hour and is sent no more events. */
  readonly areEventsOn: (app: SlackApp) => boolean;
  readonly switchEventsOn: (app: SlackApp) => void;
  /** When nothing is being delivered. Retries whose time has not come are not waited for. */
  readonly quiet: () => Promise<void>;
  /** Connections that an app has in Socket Mode. */
  readonly connectionCount: (app: SlackApp) => number;
  readonly disconnect: (app: SlackApp, how: 'refresh_requested' | 'warning' | 'link_disabled' | 'cut') => void;
  readonly close: () => Promise<void>;
}
