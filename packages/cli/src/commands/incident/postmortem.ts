import { followToEnd } from '../../changing/follow-to-end.ts';
import { printChange } from '../../changing/print-change.ts';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { changeOptions, noWait } from '../../options/change-options.ts';
import { text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { agentFlags } from '../../render/agent-flags.ts';
import { incidentIdFrom, nothingAfter } from '../../responding/incident-id.ts';

export const incidentPostmortemCommand = command({
  operands: 'ID|last',
  description:
    'Prints a draft of the post-mortem as Markdown: timeline, impact, cause, times and actions as they are known. What only people know is asked for in italics. With --propose it becomes a change in Git instead, which waits for a yes as any other change, and is linked to the incident.',
  examples: [
    ['autodevops incident postmortem last > postmortem.md', 'of the newest one, into a file'],
    ['autodevops incident postmortem last --propose runbooks', 'for review in a repository of the configuration'],
  ],
  options: {
    propose: option(text, {
      value: 'REPOSITORY',
      says: 'Propose it there, as the configuration names the repository.',
    }),
    path: option(text, {
      value: 'PATH',
      says: 'Of the file in it; postmortems/DAY-ID.md when absent.',
    }),
    base: option(text, {
      value: 'BRANCH',
      says: 'The branch that it is proposed against; main when absent.',
    }),
    noWait,
    ...changeOptions,
  },
  run: async (run) => {
    const {
      options: { propose, path, base, output },
      positionals,
      surroundings,
      signal,
    } = run;
    nothingAfter(positionals, 1);
    if (propose === undefined && (path ?? base) !== undefined) {
      throw usageError('Where is it to be proposed?', 'Name the repository with --propose.');
    }
    return await withAgent(run, run.options, async (door) => {
      const id = await incidentIdFrom(positionals[0], door.client, signal);
      if (propose === undefined) {
        surroundings.stdout.write((await door.client.postMortem({ params: { id } }, { signal })).markdown);
        return 0;
      }
      const change = await door.client.proposePostMortem(
        {
          params: { id },
          body: {
            repository: propose,
            ...(path === undefined ? {} : { path }),
            ...(base === undefined ? {} : { base }),
          },
        },
        { signal },
      );
      if (change.state !== 'waiting') return await followToEnd(change, door, run);
      await printChange(change, run);
      if (output === 'text') {
        surroundings.stdout.write(`\nNext: autodevops change approve ${change.id}${agentFlags(run.options)}\n`);
      }
      return 2;
    });
  },
});
