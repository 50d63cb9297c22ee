import type { KnownBlock, View } from '@slack/types';
import type { Lane } from '@autodevops/domain/ports/bot-store';

/** A message as Slack takes it; `text` is what screen readers say, and notifications begin with. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** A person of Slack, as `users.info` tells. */
export interface SlackUser {
  readonly id: string;
  /** Home workspace: a stranger in a channel shared by Slack Connect has another than the app. */
  readonly team: string;
  /** Organisation of the workspace, where it is in one. */
  readonly enterprise?: string;
  /** Workspaces of that organisation that he is a member of, where Slack tells. */
  readonly teams?: readonly string[];
  readonly name: string;
  readonly isBot: boolean;
  readonly isGuest: boolean;
  readonly isStranger: boolean;
  readonly isDeactivated: boolean;
  /** Empty where Slack does not tell. */
  readonly email: string;
  readonly isEmailConfirmed: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
  /** Shared with another company, or about to be. */
  readonly isShared: boolean;
  readonly isDirectMessage: boolean;
}

export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

export interface Posting {
  readonly channel: string;
  readonly threadTs?: string;
  /** Found again by `findPosted`, for a post whose answer never came. */
  readonly key: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** An answer that grows in place. Appends are sent in the order of their calls. */
export interface SlackStream {
  readonly append: (markdown: string) => Promise<void>;
  /** Ends it, with blocks beneath where there are any. */
  readonly stop: (last?: Partial<SlackMessage>) => Promise<MessageRef>;
}

/**
 * Slack as one installation of one app may use it. Each call has a deadline. Failures are `SlackFailure`s.
 * Interactive calls are refused rather than kept waiting; what must arrive goes through `Messages`.
 */
export interface SlackApi {
  readonly post: (posting: Posting, lane: Lane, signal: AbortSignal) => Promise<MessageRef>;
  readonly update: (
    at: MessageRef,
    content: Readonly<Record<string, unknown>>,
    lane: Lane,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Of the messages that this app wrote there since then, the one with this key, however many others were written. */
  readonly findPosted: (
    posting: Pick<Posting, 'channel' | 'threadTs' | 'key'>,
    since: string,
    signal: AbortSignal,
  ) => Promise<MessageRef | undefined>;
  /** Seen by one person alone. */
  readonly whisper: (
    to: { readonly channel: string; readonly user: string; readonly threadTs?: string },
    message: SlackMessage,
    signal: AbortSignal,
  ) => Promise<void>;
  /** To the address that came with a command or a click: five times within half an hour. */
  readonly respond: (
    url: string,
    message: SlackMessage & { readonly isShared?: boolean; readonly replacesOriginal?: boolean },
    signal: AbortSignal,
  ) => Promise<void>;
  readonly openView: (
    trigger: string,
    view: View,
    signal: AbortSignal,
  ) => Promise<{ readonly id: string; readonly hash: string }>;
  readonly updateView: (
    at: { readonly id: string; readonly hash?: string },
    view: View,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly publishHome: (user: string, view: View, signal: AbortSignal) => Promise<void>;
  readonly unfurl: (
    at: MessageRef,
    unfurls: Readonly<Record<string, { readonly blocks: readonly KnownBlock[] }>>,
    signal: AbortSignal,
  ) => Promise<void>;
  /** A text or a picture as a file in a thread. */
  readonly upload: (
    file: { readonly channel: string; readonly threadTs?: string; readonly name: string; readonly title: string } & (
      | { readonly text: string }
      | { readonly png: Uint8Array; readonly altText: string }
    ),
    signal: AbortSignal,
  ) => Promise<void>;
  /** With a `key`, it is found by `findPosted` as soon as it has ended. */
  readonly stream: (
    to: {
      readonly channel: string;
      readonly threadTs: string;
      readonly user: string;
      readonly team: string;
      readonly key?: string;
    },
    signal: AbortSignal,
  ) => SlackStream;
  /** Whether an answer is worked on in a thread, for the person who asked: Slack shows it, with a button that stops it. */
  readonly showAtWork: (
    at: { readonly channel: string; readonly threadTs: string; readonly user: string },
    isAtWork: boolean,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Above the conversation with a person. */
  readonly suggestPrompts: (
    channel: string,
    prompts: readonly { readonly title: string; readonly message: string }[],
    signal: AbortSignal,
  ) => Promise<void>;
  /** At most five minutes old unless `isFresh`. */
  readonly user: (id: string, options: { readonly isFresh?: boolean }, signal: AbortSignal) => Promise<SlackUser>;
  readonly channel: (id: string, signal: AbortSignal) => Promise<SlackChannel>;
  readonly permalink: (at: MessageRef, signal: AbortSignal) => Promise<string>;
}
