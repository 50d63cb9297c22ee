import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { policyFromWords } from '../../ruling/policy-file.ts';
import { simulationLines } from '../../ruling/simulation-lines.ts';

export const policySimulateCommand = command({
  operands: 'FILE',
  description:
    "Decides the changes of the agent's store again, the newest 500, under another policy, with the facts and the history of their time, and shows which would have come out otherwise. Nothing is changed. Exit codes: 0 none is looser, 1 some are, 78 not valid.",
  examples: [['autodevops policy simulate new.yaml', 'before it is put in force']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    const { policy } = await policyFromWords(positionals, surroundings);
    return await withAgent(run, run.options, async ({ client }) => {
      const found = await client.simulatePolicy({ body: { policy } }, { signal });
      surroundings.stdout.write(
        output === 'text' ? finish(simulationLines(cleared(found), look), look) : await structuredText(found, output),
      );
      return found.different.some(({ direction }) => direction === 'looser') ? 1 : 0;
    });
  },
});
