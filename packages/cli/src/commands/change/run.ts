import { changeIdFrom } from '../../changing/change-id.ts';
import { followToEnd } from '../../changing/follow-to-end.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions, noWait } from '../../options/change-options.ts';

export const changeRunCommand = command({
  operands: 'ID',
  description:
    'Does a change that was agreed to, or goes on with one that was interrupted, and follows it. Exit codes: 0 done and verified, 1 it did not help, 2 it still waits for somebody.',
  examples: [['autodevops change run chg-a1b2c3d4e5f6', 'goes on after an interruption']],
  options: { noWait, ...changeOptions },
  run: async (run) => {
    const id = changeIdFrom(run.positionals, 'run');
    return await withAgent(
      run,
      run.options,
      async (door) => await followToEnd(await door.client.run({ params: { id } }, { signal: run.signal }), door, run),
    );
  },
});
