import { changeIdFrom } from '../../changing/change-id.ts';
import { exitCodeOfChange } from '../../changing/exit-code-of-change.ts';
import { followChange } from '../../changing/follow-change.ts';
import { printChange } from '../../changing/print-change.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions, noWait, why } from '../../options/change-options.ts';
import { agentFlags } from '../../render/agent-flags.ts';
import { neededReason } from '../../options/needed-reason.ts';

export const changeUndoCommand = command({
  operands: 'ID',
  description:
    "Takes back what a change did, its steps backwards, as far as what it set still stands. One that is on its way is turned round; for one that is over it is a new change, about which the policy decides anew. Exit codes: 0 taken back, 1 not, 2 waits for somebody's yes.",
  examples: [['autodevops change undo chg-a1b2c3d4e5f6 --why "the old version was right"', 'its steps backwards']],
  options: { why, noWait, ...changeOptions },
  run: async (run) => {
    const { options, surroundings, look, signal } = run;
    const id = changeIdFrom(run.positionals, 'undo');
    const reason = neededReason(options.why);
    return await withAgent(run, options, async ({ client, where }) => {
      const began = await client.undo({ params: { id }, body: { why: reason } }, { signal });
      const text = options.output === 'text';
      const follows = began.state !== 'waiting' && (!options.noWait || where === 'inside');
      const ended = follows
        ? await followChange(client, began.id, text ? { surroundings, look } : undefined, signal)
        : began;
      if (!text || !follows) await printChange(ended, run);
      if (text && ended.state === 'waiting') {
        surroundings.stdout.write(`\nNext: autodevops change approve ${ended.id}${agentFlags(options)}\n`);
      }
      // What is over is taken back by a change of its own; that one has done it when it succeeds.
      return ended.state === 'undone' ? 0 : exitCodeOfChange(ended.state);
    });
  },
});
