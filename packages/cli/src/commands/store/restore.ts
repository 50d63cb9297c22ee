import { counted } from '@autodevops/domain/count-words';
import { printable } from '@autodevops/domain/printable';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';
import { structuredText } from '../../render/structured.ts';

export const storeRestoreCommand = command({
  operands: 'FILE',
  description:
    "Makes the agent's store from a backup, all of it or nothing. A store that is there already is never touched: move it away first. The agent must not run.",
  examples: [['autodevops store restore agent-2026-01-31.jsonl', 'on a new machine']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async ({ options, positionals: [file, more], surroundings }) => {
    if (file === undefined || more !== undefined) throw usageError('From which file?', 'Give one backup.');
    const { answers } = await (await surroundings.agents()).look(options);
    if (answers) {
      throw new AutoDevOpsError(
        'usage',
        'The agent runs on the store that is there.',
        'End it first: `autodevops agent stop`.',
      );
    }
    const summary = await (await surroundings.keeping()).restore(options, file);
    const text = `Restored ${counted(summary.rows, 'row')} of ${printable(summary.time)} into ${printable(summary.file)}.\n`;
    surroundings.stdout.write(options.output === 'text' ? text : await structuredText(summary, options.output));
    return 0;
  },
});
