import { turnAutomation } from '../../automating/turn-automation.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';

export const automationDryCommand = command({
  operands: 'NAME',
  description: 'Lets an automation record what it would propose, and propose nothing.',
  examples: [['autodevops automation dry raise-memory-limit', 'to see first what it would do']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => await turnAutomation(run, 'dry'),
});
