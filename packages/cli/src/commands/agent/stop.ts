import { AutoDevOpsError } from '@autodevops/domain/errors';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';

export const agentStopCommand = command({
  operands: '',
  description:
    "Ends the agent's process: it takes nothing new, lets a running step end, and leaves what is unfinished to the next one.",
  examples: [['autodevops agent stop', 'of the current context']],
  options: { ...agentOptions, ...everywhere },
  run: async ({ options, surroundings, signal }) => {
    const agents = await surroundings.agents();
    const { answers, id } = await agents.look(options);
    if (!answers) {
      surroundings.stdout.write('No agent runs here.\n');
      return 0;
    }
    if (id === undefined) {
      throw new AutoDevOpsError(
        'agent.unreachable',
        'An agent answers, but its process is not written down.',
        'It was not started by `autodevops agent start`; end it where it was started.',
      );
    }
    await agents.stop(id, options, signal);
    surroundings.stdout.write('The agent has ended.\n');
    return 0;
  },
});
