import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';

export const agentStartCommand = command({
  operands: '',
  description:
    'Starts the agent of a cluster as a process of its own, which goes on with what was begun and answers every surface over a socket that only you can open, or where its configuration says. Without it each command is the agent for as long as it runs, on the same store.',
  examples: [['autodevops agent start --context kind-dev', 'of one context']],
  options: { ...agentOptions, ...everywhere },
  run: async ({ options, surroundings, signal }) => {
    const agents = await surroundings.agents();
    const { answers, address, id, log } = await agents.look(options);
    if (answers) {
      surroundings.stdout.write(
        `The agent runs already${id === undefined ? '' : ` (process ${id})`}: ${printable(address)}\n`,
      );
      return 0;
    }
    const started = await agents.start(options, signal);
    surroundings.stdout.write(
      `The agent runs (process ${started}): ${printable(address)}\nIts log: ${printable(log)}\n`,
    );
    return 0;
  },
});
