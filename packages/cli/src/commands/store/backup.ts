import { counted } from '@autodevops/domain/count-words';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';
import { structuredText } from '../../render/structured.ts';

export const storeBackupCommand = command({
  operands: 'FILE',
  description:
    'Writes all that the agent remembers (changes, audit log, people, settings, memory) into a file, as it is at one moment. The agent may run meanwhile. FILE must be a new name.',
  examples: [['autodevops store backup agent-2026-01-31.jsonl', 'for a safe place']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async ({ options, positionals: [file, more], surroundings }) => {
    if (file === undefined || more !== undefined) throw usageError('Into which file?', 'Give one new name.');
    const summary = await (await surroundings.keeping()).backup(options, file);
    const text = `Wrote ${printable(summary.file)}: ${counted(summary.rows, 'row')}.\n`;
    surroundings.stdout.write(options.output === 'text' ? text : await structuredText(summary, options.output));
    return 0;
  },
});
