import { changeIdFrom } from '../../changing/change-id.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { renderDiff } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';

export const changeDiffCommand = command({
  operands: 'ID',
  description: "What differs afterwards, field by field, as the API server's dry run said when it was proposed.",
  examples: [['autodevops change diff chg-a1b2c3d4e5f6', 'the fields, before and after']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      surroundings,
      look,
      signal,
    } = run;
    const id = changeIdFrom(run.positionals, 'diff');
    return await withAgent(run, run.options, async ({ client }) => {
      const change = await client.change({ params: { id } }, { signal });
      surroundings.stdout.write(
        output === 'text' ? renderDiff(change, look) : await structuredText({ id, diff: change.plan.diff }, output),
      );
      return 0;
    });
  },
});
