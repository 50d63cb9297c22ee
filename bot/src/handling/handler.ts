import type { z } from 'zod';
import type { AgentClient } from '@autodevops/agentd/client';
import type { BotStore, InboundEvent } from '@autodevops/domain/ports/bot-store';
import type { Draw } from '../drawing/drawing.ts';
import type { SlackApi, SlackUser } from '../slack/slack-api.ts';

/** Who does something in Slack, as seen at this moment. Whether he may is for the customer's agent to say. */
export interface SlackActor {
  readonly user: SlackUser;
  /** `slack:T…/U…`: the account by which the agent knows the linked person. */
  readonly account: string;
  /** By which the account may be linked, where the customer has a rule for that and Slack tells it. */
  readonly vouchedEmail?: string | undefined;
}

/** One event's own world: the customer it belongs to, and nothing of any other. */
export interface Surroundings {
  readonly event: InboundEvent;
  readonly customer: string;
  readonly slack: SlackApi;
  /** The customer's agent, asked in the name of whoever acts; calls that write carry a key made from the event's id, so working twice does once. */
  readonly agent: AgentClient;
  readonly actor: SlackActor;
  readonly store: BotStore;
  readonly draw: Draw;
  readonly now: () => Date;
  /** Ends with the process, or with the event's deadline. */
  readonly signal: AbortSignal;
  readonly log: (message: string, fields: Readonly<Record<string, string>>) => void;
}

/** How Slack's own menus and the app's manifest show a command or a shortcut. */
export interface Listing {
  /** Of a shortcut: 24 characters. A command is called by its own name. */
  readonly title?: string;
  readonly description: string;
  /** Of a command: what may follow it. */
  readonly usage?: string;
  /** Of a shortcut: in the menu of a message, or everywhere. */
  readonly place?: 'message' | 'global';
}

export type Need = 'help' | 'link' | 'read' | 'act';

/** What was wrongly entered into a form: a sentence by block id. Empty: nothing. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * What the bot does for one kind of inbound event, after Slack was told that it arrived. May be run again after a
 * crash: everything that must not happen twice is keyed by the event. Failures that people should read are
 * `AutoDevOpsError`s; the worker tells the actor alone.
 */
export interface Handler<Payload = unknown> {
  /**
   * `command./jamie`, `action.approve-change`, `view.open-incident`, `shortcut.diagnose-this`, `event.app_mention`;
   * `event.message` is what a person wrote into a thread of a channel, `event.message.im` what one wrote to the bot
   * alone. An action id may end in `/` and more, to be unique in its message: `action.next-page` gets `next-page/2`.
   */
  readonly name: string;
  /** Reads the body as Slack sent it; of a click with several actions, each comes by itself; of an event, with its envelope. */
  readonly payload: z.ZodType<Payload>;
  /** What strangers, guests, bots and people who are not linked may not do: `read` and `act` need a linked person, `link` and `help` only a full member of the app's own workspace. */
  readonly need: Need;
  /** Where one name serves several ends (a command with its words): what this payload needs, instead of `need`. Pure. */
  readonly needOf?: (payload: Payload) => Need;
  /** Of what people write to each other: whether it may be meant for the bot at all. Looked at before anything is kept; pure and fast. */
  readonly concerns?: (payload: Payload) => boolean;
  /** Who may not is told nothing: what people write to each other in a thread is not always meant for the bot. */
  readonly refusesQuietly?: boolean;
  readonly handle: (payload: Payload, surroundings: Surroundings) => Promise<void>;
  /** Of a form, looked at before Slack is answered: pure and fast. A form with errors is not kept and not handled. */
  readonly fieldErrors?: (payload: Payload) => FieldErrors;
  /** Of commands and shortcuts. */
  readonly listing?: Listing;
  /** What its events and its calls to Slack need, beside the manifest's `baseScopes`. */
  readonly scopes?: readonly string[];
}

/** A handler among others of other payloads. */
export function handler<Payload>(declared: Handler<Payload>): Handler {
  return declared as unknown as Handler;
}
