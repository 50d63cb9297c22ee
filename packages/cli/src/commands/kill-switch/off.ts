import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { why } from '../../options/change-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { neededReason } from '../../options/needed-reason.ts';
import { printKillSwitch } from '../../changing/kill-switch-text.ts';

export const killSwitchOffCommand = command({
  operands: '',
  description: 'Lets changes be done again. What waited is checked anew against the live cluster before it goes on.',
  examples: [['autodevops kill-switch off --why "the registry answers again"', 'what was agreed to goes on']],
  options: { why, output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const reason = neededReason(run.options.why);
    return await withAgent(run, run.options, async ({ client }) => {
      await printKillSwitch(
        await client.setKillSwitch({ body: { on: false, why: reason } }, { signal: run.signal }),
        run,
      );
      return 0;
    });
  },
});
