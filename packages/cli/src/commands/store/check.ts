import { counted } from '@autodevops/domain/count-words';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { paint, symbol } from '../../terminal/paint.ts';
import { hang } from '../../terminal/wrap.ts';

export const storeCheckCommand = command({
  operands: '',
  description:
    'Looks through everything that the agent remembers: the file itself, the chain of the audit log, its checkpoints. The agent may run meanwhile. Exit codes: 0 sound, 65 not.',
  examples: [['autodevops store check', "of the current context's agent"]],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async ({ options, surroundings, look }) => {
    const check = await (await surroundings.keeping()).check(options);
    const { sound, findings, journals, auditRows, memories } = cleared(check);
    const held = `${counted(journals, 'journal')}, ${counted(auditRows, 'audit row')}, ${counted(memories, 'memory')}`;
    const text = sound
      ? hang(`${symbol(look, 'fine')} `, `The store is sound: ${held}.`, look.columns).map((line) =>
          paint(look, 'green', line),
        )
      : [
          ...hang(`${symbol(look, 'problem')} `, `The store is not sound (${held}):`, look.columns).map((line) =>
            paint(look, 'red', line),
          ),
          ...findings.flatMap((finding) => hang('   ', finding, look.columns)),
        ];
    surroundings.stdout.write(
      options.output === 'text'
        ? finish(text, look)
        : await structuredText({ schemaVersion: 1, ...check }, options.output),
    );
    return sound ? 0 : 65;
  },
});
