import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { handler } from '../handling/handler.ts';
import type { Handler, Need, Surroundings } from '../handling/handler.ts';
import { share } from './sharing/share-option.ts';
import { SlashPayload } from './slash-payload.ts';
import { commandHelp, wordHelp } from './command-help.ts';
import type { SubCommand } from './sub-command.ts';
import { sayReply } from './sharing/reply.ts';
import { hasOption, readOptions } from './words/read-options.ts';
import { splitWords } from './words/split-words.ts';
import type { Word } from './words/split-words.ts';

export interface SlashCommand {
  /** `/jamie` */
  readonly name: string;
  /** Of Slack's menu and of help: what it is for. */
  readonly says: string;
  readonly words: readonly SubCommand[];
  /** The word that takes several words which begin with none of ours: a question without `ask` before it. */
  readonly otherwise?: SubCommand;
}

/** What the words after a command ask for: one of its words with what follows, or help. */
type Meant =
  | { readonly word: SubCommand; readonly rest: readonly Word[] }
  | { readonly help: SubCommand | undefined }
  | { readonly unknown: string };

const helpWords = new Set(['help', '--help', '-h', '?', '-?']);

function wordNamed(name: string | undefined, { words }: SlashCommand): SubCommand | undefined {
  return name === undefined ? undefined : words.find((word) => word.name === name.toLowerCase());
}

function meantBy(given: readonly Word[], command: SlashCommand): Meant {
  const [first, second] = given;
  if (first === undefined || helpWords.has(first.text.toLowerCase())) return { help: wordNamed(second?.text, command) };
  const word = wordNamed(first.text, command);
  if (word !== undefined) {
    return second !== undefined && !second.isQuoted && given.length === 2 && ['--help', '-h'].includes(second.text)
      ? { help: word }
      : { word, rest: given.slice(1) };
  }
  const isLikeOurs =
    nearMatches(
      first.text,
      command.words.map(({ name }) => name),
    ).length > 0;
  if (command.otherwise !== undefined && (first.isQuoted || (given.length > 1 && !isLikeOurs))) {
    return { word: command.otherwise, rest: given };
  }
  return { unknown: first.text };
}

function unknownWord(text: string, { name, words }: SlashCommand): AutoDevOpsError {
  const [near] = nearMatches(
    text,
    words.map((word) => word.name),
  );
  return new AutoDevOpsError(
    'usage',
    `${name} knows no word ${oneLine(text, 60)}.`,
    near === undefined ? `${name} help shows those that it knows.` : `Did you mean ${name} ${near}?`,
  );
}

async function run(
  meant: { readonly word: SubCommand; readonly rest: readonly Word[] },
  slash: SlashPayload,
  surroundings: Surroundings,
): Promise<void> {
  const { word, rest } = meant;
  const {
    options: { share: isShared, ...options },
    operands,
  } = readOptions(rest, { ...word.options, ...share }, word.isFreeText);
  const reply = await word.run({ options, operands, slash }, surroundings);
  if (reply !== undefined) await sayReply(reply, { to: slash, isShared: isShared === true }, surroundings);
}

/** What the words need, before anything is done for them. Help needs nothing but being of this workspace. */
export function needOfText(text: string, command: SlashCommand): Need {
  const meant = meantBy(splitWords(text), command);
  if (!('word' in meant)) return 'help';
  const {
    word: { need, actsBy },
    rest,
  } = meant;
  return actsBy !== undefined && hasOption(rest, actsBy) ? 'act' : need;
}

/** The handler of a slash command: it answers the asker alone unless he shares the answer. */
export function slashCommand(command: SlashCommand): Handler {
  return handler<SlashPayload>({
    name: `command.${command.name}`,
    payload: SlashPayload,
    need: 'act',
    needOf: ({ text }) => needOfText(text, command),
    listing: { description: command.says, usage: `${command.words.map(({ name }) => name).join('|')}|help` },
    handle: async (slash, surroundings) => {
      const meant = meantBy(splitWords(slash.text), command);
      if ('unknown' in meant) throw unknownWord(meant.unknown, command);
      if ('help' in meant) {
        await surroundings.slack.respond(
          slash.response_url,
          meant.help === undefined ? commandHelp(command) : wordHelp(command.name, meant.help),
          surroundings.signal,
        );
      } else await run(meant, slash, surroundings);
    },
  });
}
