import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { why } from '../../options/change-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { neededReason } from '../../options/needed-reason.ts';
import { printKillSwitch } from '../../changing/kill-switch-text.ts';

export const killSwitchOnCommand = command({
  operands: '',
  description:
    'Stops all execution at once: every running change stops before its next step, in every process on the same store, and nothing new begins. It stays on over restarts.',
  examples: [['autodevops kill-switch on --why "the registry is down"', 'stops everything within two seconds']],
  options: { why, output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const reason = neededReason(run.options.why);
    return await withAgent(run, run.options, async ({ client }) => {
      await printKillSwitch(
        await client.setKillSwitch({ body: { on: true, why: reason } }, { signal: run.signal }),
        run,
      );
      return 0;
    });
  },
});
