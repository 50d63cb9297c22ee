import { z } from 'zod';
import { Configuration } from '@autodevops/agentd/configuration';
import { nearMatches } from '@autodevops/agent-core/reading/near-match';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { didYouMean, usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { settingsOf } from '../../ruling/configuration-settings.ts';
import type { Setting } from '../../ruling/configuration-settings.ts';
import type { Look } from '../../terminal/look.ts';
import { paint } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

/** The settings, and what they stand under. */
function namesOf(settings: readonly Setting[]): readonly string[] {
  return [
    ...new Set(settings.flatMap(({ name }) => name.split('.').map((_, at, parts) => parts.slice(0, at + 1).join('.')))),
  ];
}

function settingLines({ name, values, standard, says }: Setting, look: Look): readonly string[] {
  const left = standard === '' ? '' : `; ${standard} when it is left out`;
  return [
    paint(look, 'bold', name),
    ...hang('   ', `${values}${left}`, look.columns),
    ...(says === '' ? [] : hang('   ', says, look.columns)),
  ];
}

export const configExplainCommand = command({
  operands: '[SETTING]',
  description:
    'Every setting of the configuration, or those under one: what it may be, what it is when it is left out, what it is for.',
  examples: [['autodevops config explain agents.scarlet', 'those of Scarlet']],
  options: { output: structured, ...everywhere },
  run: async ({ options: { output }, positionals: [wanted = ''], surroundings, look }) => {
    const all = settingsOf(z.toJSONSchema(Configuration, { io: 'input' }));
    const settings = all.filter(
      ({ name }) => wanted === '' || name === wanted || name.startsWith(`${wanted}.`) || name.startsWith(`${wanted}[`),
    );
    if (settings.length === 0) {
      throw usageError(
        `"${printable(wanted)}" is no setting.`,
        didYouMean([...nearMatches(wanted, namesOf(all))], '`autodevops config explain` lists them.'),
      );
    }
    surroundings.stdout.write(
      output === 'text'
        ? finish(
            settings.flatMap((setting) => settingLines(setting, look)),
            look,
          )
        : await structuredText({ settings }, output),
    );
    return 0;
  },
});
