import { turnAutomation } from '../../automating/turn-automation.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';

export const automationOnCommand = command({
  operands: 'NAME',
  description:
    'Lets an automation propose what it is for. Whether that is done without a person is for the policy to say. It works only at the levels of autonomy that it is made for.',
  examples: [['autodevops automation on raise-memory-limit', 'from the next look on']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => await turnAutomation(run, 'on'),
});
