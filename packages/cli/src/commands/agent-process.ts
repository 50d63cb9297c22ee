import { endLine } from '@autodevops/agentd/process/agent-end';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { command } from '../command.ts';
import { agentOptions } from '../options/agent-options.ts';
import { everywhere } from '../options/groups.ts';
import { flag } from '../options/form.ts';
import { option } from '../options/option.ts';

/** What `agent start` starts: the agent itself, in the foreground, until it is told to end. */
export const agentProcessCommand = command({
  operands: '',
  description: 'Is the agent until it gets a signal to end.',
  examples: [],
  options: {
    held: option(flag, { says: 'End when no window of an editor holds it any more.' }),
    ...agentOptions,
    ...everywhere,
  },
  run: async ({ options, surroundings, signal }) => {
    try {
      await (await surroundings.agents()).serve(options, { held: options.held, signal });
    } catch (error) {
      if (error instanceof AutoDevOpsError) surroundings.stderr.write(endLine(error));
      throw error;
    }
    return 0;
  },
});
