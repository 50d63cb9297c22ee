import { command } from '../command.ts';
import { agentOptions } from '../options/agent-options.ts';
import { everywhere } from '../options/groups.ts';

export const mcpCommand = command({
  operands: '',
  description:
    "Serves Jamie's reading tools and *propose* to another assistant by the Model Context Protocol, over standard input and output. It can neither approve nor execute.",
  examples: [['autodevops mcp --context kind-dev', "as the command of a server in an assistant's configuration"]],
  options: { ...agentOptions, ...everywhere },
  run: async ({ options, surroundings, signal }) => {
    await (await surroundings.agents()).serveMcp(options, signal);
    return 0;
  },
});
