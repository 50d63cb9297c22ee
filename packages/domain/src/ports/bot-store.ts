import type { Leases } from './store.ts';

/**
 * What came from Slack, as it is kept until it was worked on. `id` is made of the app's, so that no app's hides
 * another's, and of Slack's own where it has one, else of what cannot repeat.
 */
export interface InboundEvent {
  readonly id: string;
  /** Name of the handler in the bot's registry: `command./jamie`, `action.approve-change`. */
  readonly handler: string;
  /** Id of the Slack app that it was signed for. */
  readonly app: string;
  /** Workspace that the app is installed in; an organisation's id for an event of the whole organisation. */
  readonly team: string;
  readonly receivedAt: string;
  /** JSON; dropped as soon as the event is settled. */
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface ClaimedEvent extends InboundEvent {
  /** How often it was claimed, this time counted. */
  readonly attempt: number;
}

/** Whose something is, and for how long unless it is renewed: short, so that the work of who died waits no longer than that. */
export interface Hold {
  readonly holder: string;
  readonly milliseconds: number;
}

/**
 * Every inbound event is here before Slack is told that it arrived. A hold is counted by the store's own clock, and lost
 * only when somebody else took what was held: who works at the same time has a name of his own as `holder`.
 */
export interface Inbox {
  /**
   * False when an event with this id was accepted before, settled or not: nothing is kept then. With a hold it is claimed
   * in the same write, for the first time.
   */
  accept(event: InboundEvent, hold?: Hold): Promise<boolean>;
  /** Takes the oldest that nobody holds, teams in turn; a hold that ran out is nobody's. Those that were deferred come after those that were not. */
  claim(options: Hold & { readonly limit: number }): Promise<readonly ClaimedEvent[]>;
  /** Of these, what this holder has is his for so long from now on; of what he lost nothing changes. */
  renew(ids: readonly string[], hold: Hold): Promise<void>;
  /** Worked on: its payload goes, its id stays against repetition. Nothing happens when the holder lost it; so it is with `defer` and `giveUp`. */
  settle(id: string, holder: string): Promise<void>;
  /** To be tried again from that time on. */
  defer(id: string, holder: string, until: string, why: string): Promise<void>;
  /** Tried too often, or never to succeed: kept for people to see and to try again. */
  giveUp(id: string, holder: string, why: string): Promise<void>;
  /** What was given up, the newest first, without payloads. */
  dead(
    limit: number,
  ): Promise<readonly (Omit<InboundEvent, 'payload'> & { readonly why: string; readonly attempts: number })[]>;
  /** Lets one that was given up be tried again. False: there is none. */
  revive(id: string): Promise<boolean>;
  /** Settles one that was given up without working on it: nobody wants it any more. False: there is none. */
  drop(id: string): Promise<boolean>;
  /** Forgets settled ids that were received before that time, the oldest first, `limit` at most. Tells how many. */
  prune(before: string, limit: number): Promise<number>;
}

/** Which of Slack's limits a message lives under: one lane that has to wait delays no other. */
export type Lane = 'interactive' | 'stream' | 'incident';

/** Where a message is to stand. `parent` is the key of the message whose thread it belongs to. */
export interface MessagePlace {
  readonly app: string;
  readonly team: string;
  readonly channel: string;
  readonly parent?: string;
  /** Thread that stands in Slack already, of somebody else's message. */
  readonly threadTs?: string;
}

/**
 * A message as it should be seen: `key` names it for ever (`incident/inc-…/root`), so wanting it again changes it in
 * place. `content` is JSON for `chat.postMessage`: text, blocks and what else Slack takes, without channel and thread.
 */
export interface WantedMessage {
  readonly key: string;
  readonly customer: string;
  readonly lane: Lane;
  readonly place: MessagePlace;
  readonly content: Readonly<Record<string, unknown>>;
  /** Of the content, to see that nothing differs. */
  readonly digest: string;
}

/** `content` is empty once it was delivered. */
export interface KeptMessage extends WantedMessage {
  /** Order of first wanting, over all channels. */
  readonly sequence: number;
  /** Of the content that Slack has; empty while it was never posted. */
  readonly deliveredDigest: string;
  /** Slack's `ts`; empty while it was never posted. */
  readonly ts: string;
  /** How often it was claimed since it was delivered last, this time counted. */
  readonly attempts: number;
  /** A post was sent and its answer never came: it may stand in the channel. */
  readonly isUncertain: boolean;
  readonly firstWantedAt: string;
}

/**
 * What should stand in Slack. Of several contents for one key only the newest is ever delivered. Within a channel and a
 * lane, new messages are handed out in the order in which they were first wanted; one that waits for Slack holds up no
 * other channel and no other lane, one that waits for its parent holds up nothing. Contents are dropped once they are
 * delivered. Holds are those of `Inbox`.
 */
export interface Messages {
  /**
   * All or none. The same digest again is nothing; another one lets what was given up be tried again. Place and lane stay
   * those of the first time; the key of another customer is refused (`store.conflict`). `settled` is settled in the same
   * transaction; when its holder lost it nothing is wanted (`store.fenced`).
   */
  want(messages: readonly WantedMessage[], settled?: { readonly id: string; readonly holder: string }): Promise<void>;
  /**
   * What is to be posted or changed now in a lane, customers in turn. At most one new message of a channel at a time;
   * whose parent (of the same customer) is not posted yet, not at all. `now` is what deferred times are held against.
   */
  claim(
    options: Hold & { readonly limit: number; readonly lane: Lane; readonly now: string },
  ): Promise<readonly KeptMessage[]>;
  /** As that of `Inbox`, by keys. */
  renew(keys: readonly string[], hold: Hold): Promise<void>;
  /** Written before Slack is called; of a new message it is uncertain from here on. The hold begins anew. Throws `store.fenced` when it is lost: then nothing may be sent. */
  sending(key: string, holder: string): Promise<void>;
  /** Nothing happens when the holder lost it; so it is with `defer` and `giveUp`. What was wanted meanwhile is to be delivered next. */
  delivered(key: string, holder: string, delivered: { readonly digest: string; readonly ts: string }): Promise<void>;
  /** Not now: from that time on. `isUncertain`: it may have been posted all the same. */
  defer(key: string, holder: string, until: string, why: string, isUncertain: boolean): Promise<void>;
  giveUp(key: string, holder: string, why: string): Promise<void>;
  byKey(key: string): Promise<KeptMessage | undefined>;
  /** The message that stands at this place in Slack. */
  at(place: { readonly team: string; readonly channel: string; readonly ts: string }): Promise<KeptMessage | undefined>;
  /** Given up, the newest first, without contents. */
  dead(limit: number): Promise<readonly (Omit<KeptMessage, 'content'> & { readonly why: string })[]>;
  revive(key: string): Promise<boolean>;
  /**
   * Nobody wants one that was given up any more, as it was; wanted otherwise, it is tried again. What waits for it to be
   * posted goes with it, and is new when it is wanted again. False: there is none.
   */
  drop(key: string): Promise<boolean>;
  /** How many wait in each lane where some do, and since when the oldest does. */
  backlog(): Promise<readonly { readonly lane: Lane; readonly count: number; readonly oldest: string }[]>;
  /** Forgets messages that were delivered last before that time, the oldest first, `limit` at most, and no parent before its thread. Tells how many. */
  prune(before: string, limit: number): Promise<number>;
}

/** An app in a workspace (or in a whole organisation), with its tokens sealed by the caller. */
export interface KeptInstallation {
  readonly app: string;
  /** Empty for an installation in a whole organisation. */
  readonly team: string;
  /** Empty outside of one. */
  readonly enterprise: string;
  readonly customer: string;
  readonly botUser: string;
  /** Sealed; never in a log. */
  readonly sealed: string;
  readonly installedAt: string;
  /** Rises with each write, also over a removal, for whoever refreshes tokens. */
  readonly version: number;
}

export interface Installations {
  /** Of the workspace, or of its organisation. */
  find(app: string, team: string, enterprise: string): Promise<KeptInstallation | undefined>;
  list(): Promise<readonly KeptInstallation[]>;
  /** Puts or replaces; with `was` only while it is still at that version, and never one of another customer (`store.conflict`). */
  put(installation: Omit<KeptInstallation, 'version'>, was?: number): Promise<KeptInstallation>;
  /** Its channels, messages and given-up events go with it; with the last of a customer its notes too. */
  remove(app: string, team: string, enterprise: string): Promise<void>;
}

/** A short-lived value that is good once: the state of an OAuth visit, a code. Only its hash is kept. */
export interface OneTimeValues {
  /** `until`: within a day. */
  put(hash: string, data: Readonly<Record<string, unknown>>, until: string): Promise<void>;
  /** The data, once; undefined when it is unknown, used or past its time. */
  take(hash: string, now: string): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** What a channel is for: where a customer's incidents go. */
export interface KeptChannel {
  readonly app: string;
  readonly team: string;
  readonly channel: string;
  readonly customer: string;
  /** `incidents`: threads are opened here; `talk`: only asked. */
  readonly use: 'incidents' | 'talk';
  /** Others than the customer's people may read here: nothing is said until somebody allows it. */
  readonly isSuspended: boolean;
  readonly why: string;
}

export interface Channels {
  find(app: string, team: string, channel: string): Promise<KeptChannel | undefined>;
  ofCustomer(customer: string): Promise<readonly KeptChannel[]>;
  put(channel: KeptChannel): Promise<void>;
  remove(app: string, team: string, channel: string): Promise<void>;
}

/** How far a customer's events were followed, and what was noted for its threads. Small JSON values, no customer data but ids. */
export interface Notes {
  get(customer: string, name: string): Promise<unknown>;
  /** Puts only while the value is `was` (undefined: never put), else throws `store.conflict`. */
  swap(customer: string, name: string, was: unknown, value: unknown): Promise<void>;
  /** By name. */
  list(customer: string, prefix: string): Promise<readonly { readonly name: string; readonly value: unknown }[]>;
  remove(customer: string, name: string): Promise<void>;
}

/**
 * What the bot keeps: routing and delivery, nothing else of a customer. Errors as those of `Store`. Several replicas
 * share one.
 */
export interface BotStore {
  readonly inbox: Inbox;
  readonly messages: Messages;
  readonly installations: Installations;
  readonly once: OneTimeValues;
  readonly channels: Channels;
  readonly notes: Notes;
  readonly leases: Leases;
  close(): Promise<void>;
}
