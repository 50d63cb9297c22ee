import type { DeadLetter } from '@autodevops/bot/dead-letters';
import { printable } from '@autodevops/domain/printable';
import { timeAgo } from '@autodevops/domain/time-ago';
import { command } from '../../command.ts';
import { botOptions } from '../../options/bot-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { standing, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import type { Look } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';

function lettersText(letters: readonly DeadLetter[], look: Look, now: string): string {
  if (letters.length === 0) return finish(['Nothing was given up.'], look);
  const rows = letters.map(({ since, kind, id, about, why }) => [timeAgo(since, now), kind, id, about, why]);
  return finish(
    [
      ...table(look, ['when', 'kind', 'id', 'where', 'why'], rows),
      '',
      'Try one again with `autodevops bot outbox replay ID`.',
    ],
    look,
  );
}

export const botOutboxCommand = command({
  operands: '[list | replay ID ... | drop ID ...]',
  description:
    'What the bot gave up bringing into Slack or working on, and why: a channel that is archived, an app that is not in it, a fault. `replay` lets it be tried again once the reason is gone, `drop` forgets it; the bot may run meanwhile. Contents are not shown.',
  examples: [
    ['autodevops bot outbox', 'what waits for people'],
    ['autodevops bot outbox replay incident/inc-4k2m9x/root', 'once the bot is in the channel'],
  ],
  options: {
    limit: option(standing(wholeNumber(1, 500, 'a whole number from 1 to 500'), 50), {
      value: 'COUNT',
      says: 'At most so many, the newest first.',
    }),
    output: structured,
    ...botOptions,
    ...everywhere,
  },
  run: async ({ options: { config, limit, output }, positionals: [word = 'list', ...ids], surroundings, look }) => {
    const door = await surroundings.slack();
    if (word === 'list') {
      if (ids.length > 0) throw usageError('The list needs nothing more.', 'Leave it out.');
      const letters = await door.deadLetters(config, limit);
      surroundings.stdout.write(
        output === 'text'
          ? lettersText(cleared(letters), look, new Date(surroundings.now()).toISOString())
          : await structuredText({ letters }, output),
      );
      return 0;
    }
    if (word !== 'replay' && word !== 'drop') {
      throw usageError(`There is no \`bot outbox ${printable(word)}\`.`, 'There are list, replay and drop.');
    }
    if (ids.length === 0) throw usageError('Which one?', 'Give its id; `autodevops bot outbox` lists them.');
    const unknown: string[] = [];
    for (const id of ids) if (!(await door[word](config, id))) unknown.push(id);
    if (unknown.length > 0) {
      throw usageError(
        `Nothing that was given up is called ${printable(unknown.join(', '))}.`,
        '`autodevops bot outbox` lists what was.',
      );
    }
    surroundings.stdout.write(
      `${ids.length === 1 ? 'It is' : 'They are'} ${word === 'replay' ? 'tried again' : 'dropped'}.\n`,
    );
    return 0;
  },
});
