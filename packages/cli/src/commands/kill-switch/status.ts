import { printKillSwitch } from '../../changing/kill-switch-text.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';

export const killSwitchStatusCommand = command({
  operands: '',
  description: 'Whether all execution is stopped, by whom and why. Exit codes: 0 off, 1 on.',
  examples: [['autodevops kill-switch status', 'who turned it, and when']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) =>
    await withAgent(run, run.options, async ({ client }) => {
      const status = await client.killSwitch({}, { signal: run.signal });
      await printKillSwitch(status, run);
      return status.on ? 1 : 0;
    }),
});
