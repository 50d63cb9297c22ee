import type { Need, Surroundings } from '../handling/handler.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import type { OptionTable, ReadWords } from './words/read-options.ts';
import type { SlashPayload } from './slash-payload.ts';

/** What was asked, with the command that it came by. */
export interface Asked<T extends OptionTable = OptionTable> extends ReadWords<T> {
  readonly slash: SlashPayload;
}

/** An answer for the asker. */
export interface Reply {
  /** With `share`, the answer has a button that shows it to the whole channel; the button carries that value. */
  readonly render: (share?: string) => SlackMessage;
  /** Whether others may see it: a list of one's own accounts is nobody's but the asker's, and buttons are shown to whom they are for. */
  readonly isShareable: boolean;
}

/** One word of a slash command, and what it does. */
export interface SubCommand<T extends OptionTable = OptionTable> {
  readonly name: string;
  /** What follows the word: `ID|last "WHY"`; empty: nothing. */
  readonly operands: string;
  readonly says: string;
  /** Whole lines, without the command itself. */
  readonly examples: readonly string[];
  readonly need: Need;
  /** An option by which it does something, and needs what an act needs. */
  readonly actsBy?: keyof T & string;
  readonly options: T;
  /** What follows is a sentence: what looks like an option but is none belongs to it. */
  readonly isFreeText?: boolean;
  /** Undefined: everything was said already. Throws `AutoDevOpsError`. */
  readonly run: (asked: Asked<T>, surroundings: Surroundings) => Promise<Reply | undefined>;
}

/** A word among others of other options. */
export function subCommand<const T extends OptionTable>(declared: SubCommand<T>): SubCommand {
  return declared as unknown as SubCommand;
}

export function privately(message: SlackMessage): Reply {
  return { render: () => message, isShareable: false };
}
