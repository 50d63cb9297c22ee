import { turnAutomation } from '../../automating/turn-automation.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';

export const automationOffCommand = command({
  operands: 'NAME',
  description: 'Turns an automation off. What it proposed before stays as it is.',
  examples: [['autodevops automation off raise-memory-limit', 'from the next look on']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => await turnAutomation(run, 'off'),
});
