import type { Message } from '../../packages/testkit/src/slack/state/messages.ts';
import type { User } from '../../packages/testkit/src/slack/state/workspaces.ts';
import { until } from '../agent/agent-scene.ts';
import type { BotScene, Workspace } from './bot-scene.ts';

/** What stands in the incidents' channel of a workspace, as one person sees it. */
export interface SeenThreads {
  readonly messages: () => readonly Message[];
  /** Messages that stand by themselves, the oldest first. */
  readonly roots: () => readonly Message[];
  readonly thread: (root: Message) => readonly Message[];
  /** What somebody alone was told there. */
  readonly toldTo: (other: User) => readonly Message[];
  /** Waits for a message whose text, buttons and all, matches. */
  readonly wait: (
    what: string,
    shows: (text: string, message: Message) => boolean,
    seconds?: number,
  ) => Promise<Message>;
  /** Clicks as somebody; gives what was said to that person alone because of it, if anything within a second. */
  readonly click: (by: User, message: Message, action: string) => Promise<void>;
}

/** All that a person could read or press in a message. */
export function contentOf(message: Message): string {
  return `${message.text}\n${JSON.stringify(message.blocks ?? [])}`;
}

export function seenBy(user: User, { slack }: BotScene, { channel }: Workspace): SeenThreads {
  const messages = (): readonly Message[] => slack.person(user).sees(channel);
  return {
    messages,
    roots: () => messages().filter(({ threadTs, onlyFor }) => threadTs === undefined && onlyFor === undefined),
    thread: (root) => messages().filter((message) => message.threadTs === root.ts && message.onlyFor === undefined),
    toldTo: (other) =>
      slack
        .person(other)
        .sees(channel)
        .filter(({ onlyFor }) => onlyFor === other.id),
    wait: async (what, shows, seconds = 30) => {
      const found = (): Message | undefined => messages().find((message) => shows(contentOf(message), message));
      await until(what, () => found() !== undefined, seconds).catch((error: unknown) => {
        throw new Error(
          `${String(error)}; there stands:\n${messages()
            .map((message) => `${message.onlyFor === undefined ? '' : '(alone) '}${message.text}`)
            .join('\n')}`,
        );
      });
      const message = found();
      if (message === undefined) throw new Error(`${what} is gone again`);
      return message;
    },
    click: async (by, { ts }, action) => {
      const { isAcknowledged, problem } = await slack.person(by).click({ channel: channel.id, ts }, action);
      if (!isAcknowledged) throw new Error(`the click was not acknowledged: ${problem}`);
    },
  };
}

/** Keys of messages that were posted twice. Throws where no message has one: then nothing could be found out. */
export function postedTwice(messages: readonly Message[]): readonly string[] {
  const keys = messages.flatMap(({ metadata, onlyFor }) =>
    metadata === undefined || onlyFor !== undefined ? [] : [JSON.stringify(metadata.event_payload)],
  );
  if (keys.length === 0) throw new Error('no message has a key');
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}
