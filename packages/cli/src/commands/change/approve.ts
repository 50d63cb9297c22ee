import type { Change } from '@autodevops/domain/change/change';
import { printable } from '@autodevops/domain/printable';
import { askYes } from '../../changing/ask-yes.ts';
import { changeIdFrom } from '../../changing/change-id.ts';
import { followToEnd } from '../../changing/follow-to-end.ts';
import { printChange } from '../../changing/print-change.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import type { CommandRun } from '../../command.ts';
import { changeOptions, noWait } from '../../options/change-options.ts';
import { text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import type { OptionsOf } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';

const options = {
  digest: option(text, {
    value: 'DIGEST',
    says: 'The digest of the change as you saw it (`change show -v`): says yes without asking, and only to that.',
  }),
  noWait,
  ...changeOptions,
};

const shortestDigest = 16;

/** The digest that is agreed to: the one that is given, whole or its first sixteen digits; or that of what is shown and asked about here. */
async function digestOf(change: Change, run: CommandRun<OptionsOf<typeof options>>): Promise<string | undefined> {
  const {
    options: { digest, output },
    surroundings,
    signal,
  } = run;
  if (digest !== undefined) return change.digest.startsWith(digest) ? change.digest : digest;
  // Who is told no anyhow is told that, and not asked first; the agent writes it to its audit log.
  if (change.state !== 'waiting') return change.digest;
  if (!surroundings.canAsk || output !== 'text') {
    throw usageError(
      'Nobody can be asked here.',
      `Say what you agree to: --digest ${change.digest.slice(0, 16)} (of \`autodevops change show ${change.id}\`).`,
    );
  }
  await printChange(change, run);
  return (await askYes(surroundings, '\nDo you agree to exactly this?', signal)) ? change.digest : undefined;
}

export const changeApproveCommand = command({
  operands: 'ID',
  description:
    'Says yes to a change, exactly as it is shown: to its digest. When enough people agree, it is done; the command follows it. Exit codes: 0 done and verified, 1 it did not help or was not agreed to, 2 waits for more, 77 your yes does not count.',
  examples: [
    ['autodevops change approve chg-a1b2c3d4e5f6', 'shows it and asks'],
    ['autodevops change approve chg-a1b2c3d4e5f6 --digest 3f9c0a7e1b2d4c5e', 'without a terminal, to what was seen'],
  ],
  options,
  run: async (run) => {
    const { signal, surroundings } = run;
    const id = changeIdFrom(run.positionals, 'approve');
    const { digest: given } = run.options;
    if (given !== undefined && !(given.length >= shortestDigest && /^[0-9a-f]+$/.test(given))) {
      throw usageError(
        `"${printable(given)}" is no digest of a change.`,
        `It has ${shortestDigest} or more of the digits that \`autodevops change show ${id}\` ends with.`,
      );
    }
    return await withAgent(run, run.options, async (door) => {
      const digest = await digestOf(await door.client.change({ params: { id } }, { signal }), run);
      if (digest === undefined) {
        surroundings.stdout.write('You did not agree; nothing was changed. `autodevops change reject` ends it.\n');
        return 1;
      }
      return await followToEnd(await door.client.approve({ params: { id }, body: { digest } }, { signal }), door, run);
    });
  },
});
