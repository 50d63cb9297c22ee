import { changeIdFrom } from '../../changing/change-id.ts';
import { printChange } from '../../changing/print-change.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions } from '../../options/change-options.ts';

export const changeShowCommand = command({
  operands: 'ID',
  description:
    'One change, whole: where it stands, why, what it does, who has to agree and by which rules, what was done.',
  examples: [['autodevops change show chg-a1b2c3d4e5f6 -v', 'with every rule that spoke']],
  options: changeOptions,
  run: async (run) => {
    const id = changeIdFrom(run.positionals, 'show');
    return await withAgent(run, run.options, async ({ client }) => {
      await printChange(await client.change({ params: { id } }, { signal: run.signal }), run);
      return 0;
    });
  },
});
