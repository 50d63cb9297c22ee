import type { SlackApp } from '../state/apps.ts';
import type { Channel } from '../state/channels.ts';
import type { Message } from '../state/messages.ts';
import { openViews } from '../state/slack-state.ts';
import type { View } from '../state/views.ts';
import type { User } from '../state/workspaces.ts';
import type { Acting } from './acting.ts';
import { enterChannel, ownInstallation } from './acting.ts';
import { useMessage, useView } from './clicking.ts';
import type { ClickOptions, MessageAt } from './clicking.ts';
import { typeCommand } from './commands.ts';
import type { Reaction } from './reaction.ts';
import { typeIntoMenu, useGlobalShortcut, useMessageShortcut } from './shortcuts.ts';
import { closeForm, submitForm } from './submitting.ts';
import type { FormValues } from './submitting.ts';
import { homeOf, openAssistant, openHome, openMessages, stopSession, suggestionsOf } from './visiting.ts';
import type { AssistantThread } from './visiting.ts';
import { edit, react, remove, write, writeToApp } from './writing.ts';

/** A person with Slack open. Does only what Slack's client would let that person do; `PersonCannot` otherwise. */
export interface Person {
  readonly user: User;
  readonly slash: (command: string, text: string, channel: Channel) => Promise<Reaction>;
  readonly say: (channel: Channel, text: string) => Message;
  /** Says it to the bot of an app that is in the channel. */
  readonly mention: (app: SlackApp, channel: Channel, text: string, threadTs?: string) => Message;
  readonly reply: (channel: Channel, threadTs: string, text: string) => Message;
  readonly writeTo: (app: SlackApp, text: string, threadTs?: string) => Message;
  readonly edit: (at: MessageAt, text: string) => void;
  readonly remove: (at: MessageAt) => void;
  readonly react: (at: MessageAt, emoji: string) => void;
  /** A button or menu of a message or a view. */
  readonly click: (where: MessageAt | View, actionId: string, options?: ClickOptions) => Promise<Reaction>;
  /** What a menu offers for the text that is typed into it. */
  readonly suggest: (
    where: MessageAt | View,
    actionId: string,
    text: string,
  ) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly submit: (values: FormValues) => Promise<Reaction>;
  readonly close: (all?: boolean) => Promise<void>;
  readonly shortcut: (callbackId: string) => Promise<Reaction>;
  readonly messageShortcut: (callbackId: string, at: MessageAt) => Promise<Reaction>;
  readonly openHome: (app: SlackApp) => void;
  /** The conversation with an app. */
  readonly openMessages: (app: SlackApp) => Channel;
  /** Of an app of the kind that has a pane beside channels, which new apps have no more. */
  readonly openAssistant: (app: SlackApp, beside?: Channel) => AssistantThread;
  /** What an app suggests to ask, above the conversations with it or in a thread of its pane. */
  readonly suggestions: (
    channel: Channel,
    threadTs?: string,
  ) => readonly { readonly title: string; readonly message: string }[];
  /** Presses the stop button of an agent at work in a thread. */
  readonly stop: (app: SlackApp, at: AssistantThread) => void;
  /** Messages of a channel as this person sees them, the oldest first. */
  readonly sees: (channel: Channel) => readonly Message[];
  readonly thread: (channel: Channel, ts: string) => readonly Message[];
  /** Forms that are open, the one on top last. */
  readonly forms: () => readonly View[];
  readonly home: (app: SlackApp) => View | undefined;
}

function bot(acting: Acting, app: SlackApp, channel: Channel): string {
  const own = acting.world.state.installations.filter((one) => one.app === app && one.isActive);
  return (
    own.find(({ botUser }) => channel.members.has(botUser.id)) ??
    ownInstallation(acting, (one) => one === app, `the id ${app.id}`)
  ).botUser.id;
}

export function person(acting: Acting): Person {
  const { world, user } = acting;
  const sees = (channel: Channel): readonly Message[] =>
    [...enterChannel(acting, channel.id).messages.values()].filter(
      ({ onlyFor }) => onlyFor === undefined || onlyFor === user.id,
    );
  return {
    user,
    slash: (command, text, channel) => typeCommand(acting, command, text, channel.id),
    say: (channel, text) => write(acting, channel.id, text),
    mention: (app, channel, text, threadTs) =>
      write(acting, channel.id, `<@${bot(acting, app, channel)}> ${text}`, threadTs),
    reply: (channel, threadTs, text) => write(acting, channel.id, text, threadTs),
    writeTo: (app, text, threadTs) => writeToApp(acting, app.id, text, threadTs),
    edit: (at, text) => edit(acting, at, text),
    remove: (at) => remove(acting, at),
    react: (at, emoji) => react(acting, at, emoji),
    click: (where, actionId, options) =>
      'content' in where ? useView(acting, where, actionId, options) : useMessage(acting, where, actionId, options),
    suggest: (where, actionId, text) => typeIntoMenu(acting, where, actionId, text),
    submit: (values) => submitForm(acting, values),
    close: (all) => closeForm(acting, all),
    shortcut: (callbackId) => useGlobalShortcut(acting, callbackId),
    messageShortcut: (callbackId, at) => useMessageShortcut(acting, callbackId, at),
    openHome: (app) => openHome(acting, app.id),
    openMessages: (app) => openMessages(acting, app.id),
    suggestions: (channel, threadTs) => suggestionsOf(acting, channel, threadTs),
    stop: (app, at) => stopSession(acting, app.id, at),
    openAssistant: (app, beside) => openAssistant(acting, app.id, beside?.id),
    sees,
    thread: (channel, ts) => sees(channel).filter((message) => message.ts === ts || message.threadTs === ts),
    forms: () => openViews(world.state, user.id),
    home: (app) => homeOf(acting, app.id),
  };
}
