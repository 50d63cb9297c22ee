import { automationLines } from '../../automating/automation-lines.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';

export const automationListCommand = command({
  operands: '',
  description:
    'What is proposed by itself when a finding lasts: each automation with its mode, the levels of autonomy at which it works, whether it works at the level of this agent, how its circuit breaker stands, and what all of them did lately.',
  examples: [['autodevops automation list', 'what is on, and what it did']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      surroundings,
      look,
      signal,
    } = run;
    return await withAgent(run, run.options, async ({ client }) => {
      const [found, { autonomy }] = await Promise.all([
        client.automations({}, { signal }),
        client.cluster({}, { signal }),
      ]);
      const now = new Date(surroundings.now()).toISOString();
      surroundings.stdout.write(
        output === 'text'
          ? finish(automationLines(cleared(found), autonomy, look, now), look)
          : await structuredText({ ...found, level: autonomy ?? null }, output),
      );
      return 0;
    });
  },
});
