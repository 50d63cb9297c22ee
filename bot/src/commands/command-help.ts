import { helpMessage } from '../rendering/help/help-message.ts';
import type { Usage } from '../rendering/help/help-message.ts';
import type { SlackMessage } from '../slack/slack-api.ts';
import { share } from './sharing/share-option.ts';
import type { SubCommand } from './sub-command.ts';
import type { OptionEntry } from './words/read-options.ts';

function lineOf(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function optionUsage(name: string, { short, value, takes, says }: OptionEntry): Usage {
  return {
    usage: lineOf(
      `${short === undefined ? '' : `-${short}, `}--${name}`,
      takes === 'nothing' ? '' : (value ?? 'VALUE'),
    ),
    does: says,
  };
}

/** All that a command can do, a line each. */
export function commandHelp({
  name,
  says,
  words,
}: {
  readonly name: string;
  readonly says: string;
  readonly words: readonly SubCommand[];
}): SlackMessage {
  return helpMessage(name, `${says} ${name} help WORD tells more of each.`, [
    ...words.map(({ name: word, operands, says: does }) => ({ usage: lineOf(name, word, operands), does })),
    ...Object.entries(share).map(([option, entry]) => optionUsage(option, entry)),
  ]);
}

/** One word of a command, with its options and examples. */
export function wordHelp(command: string, { name, operands, says, options, examples }: SubCommand): SlackMessage {
  return helpMessage(lineOf(command, name, operands), says, [
    ...Object.entries({ ...options, ...share }).map(([option, entry]) => optionUsage(option, entry)),
    ...examples.map((example) => ({ usage: lineOf(command, example), does: '' })),
  ]);
}
