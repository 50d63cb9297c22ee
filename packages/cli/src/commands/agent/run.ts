import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';

export const agentRunCommand = command({
  operands: '',
  description:
    'Is the agent until it gets a signal to end, as a container or a service manager wants it: nothing is written beside its store, so the folder of its configuration may be read-only, and `agent stop` leaves it to what started it. Its log goes to stderr, a JSON object a line.',
  examples: [['autodevops agent run --config cloud-config.yaml', '']],
  options: { ...agentOptions, ...everywhere },
  run: async ({ options, surroundings, signal }) => {
    await (await surroundings.agents()).serve(options, { held: false, signal, isManaged: true });
    return 0;
  },
});
