import { changeIdFrom } from '../../changing/change-id.ts';
import { printChange } from '../../changing/print-change.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions, why } from '../../options/change-options.ts';
import { neededReason } from '../../options/needed-reason.ts';

export const changeCancelCommand = command({
  operands: 'ID',
  description: 'Takes a proposal back, or stops a change before its next step.',
  examples: [['autodevops change cancel chg-a1b2c3d4e5f6 --why "no longer needed"', 'takes a proposal back']],
  options: { why, ...changeOptions },
  run: async (run) => {
    const { options, signal } = run;
    const id = changeIdFrom(run.positionals, 'cancel');
    const reason = neededReason(options.why);
    return await withAgent(run, options, async ({ client }) => {
      await printChange(await client.cancel({ params: { id }, body: { why: reason } }, { signal }), run);
      return 0;
    });
  },
});
