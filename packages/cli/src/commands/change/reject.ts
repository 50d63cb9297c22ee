import { changeIdFrom } from '../../changing/change-id.ts';
import { printChange } from '../../changing/print-change.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions, why } from '../../options/change-options.ts';
import { neededReason } from '../../options/needed-reason.ts';

export const changeRejectCommand = command({
  operands: 'ID',
  description: 'Says no to a change that waits; it is over then.',
  examples: [
    ['autodevops change reject chg-a1b2c3d4e5f6 --why "the image is not tested yet"', 'says why, for whoever asked'],
  ],
  options: { why, ...changeOptions },
  run: async (run) => {
    const { options, signal } = run;
    const id = changeIdFrom(run.positionals, 'reject');
    const reason = neededReason(options.why);
    return await withAgent(run, options, async ({ client }) => {
      await printChange(await client.reject({ params: { id }, body: { why: reason } }, { signal }), run);
      return 0;
    });
  },
});
