import { changeIdFrom } from '../../changing/change-id.ts';
import { followToEnd } from '../../changing/follow-to-end.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions } from '../../options/change-options.ts';

export const changeWatchCommand = command({
  operands: 'ID',
  description:
    "Follows a change until it is over, or waits for somebody. Exit codes: 0 done and verified, 1 it did not help, 2 waits for somebody's yes, 77 refused.",
  examples: [['autodevops change watch chg-a1b2c3d4e5f6', 'its steps as they are done']],
  options: changeOptions,
  run: async (run) => {
    const id = changeIdFrom(run.positionals, 'watch');
    const followed = { ...run, options: { ...run.options, noWait: false } };
    return await withAgent(
      run,
      run.options,
      async (door) =>
        await followToEnd(await door.client.change({ params: { id } }, { signal: run.signal }), door, followed),
    );
  },
});
