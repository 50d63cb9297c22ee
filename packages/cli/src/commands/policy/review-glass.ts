import type { AgentClient } from '@autodevops/agentd/client';
import { listed } from '@autodevops/domain/count-words';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { glassLines } from '../../ruling/glass-lines.ts';

/** The one that waits for a review, where the words name none. */
async function onlyOne(client: AgentClient, signal: AbortSignal): Promise<string> {
  const { glasses } = await client.brokenGlass({}, { signal });
  const waiting = cleared(glasses)
    .filter(({ standing }) => standing === 'overdue' || standing === 'review-due')
    .map(({ id }) => id);
  const [only, more] = waiting;
  if (only === undefined) {
    throw usageError('No broken glass waits for a review.', '`autodevops policy show` says so when one does.');
  }
  if (more !== undefined) {
    throw usageError(`There are several: ${listed(waiting, 5)}.`, 'Name the one that you have looked at.');
  }
  return only;
}

export const policyReviewGlassCommand = command({
  operands: '[ID]',
  description:
    'Records the review of what was done while the glass was broken. Every breaking needs one, by another person than who broke it, when its time is over. `audit show` tells what was done.',
  examples: [
    ['autodevops policy review-glass --says "It was right; the freeze now has an exception."', 'the one that waits'],
  ],
  options: {
    says: option(text, { value: 'SENTENCE', says: 'What was found; it is kept in the audit log.' }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { says, output },
      positionals: [id, more],
      surroundings,
      look,
      signal,
    } = run;
    if (more !== undefined) throw usageError('Which one?', 'Give one id; `autodevops policy show` lists them.');
    if (says === undefined || says.trim() === '') {
      throw usageError('A review says something.', 'Add --says "SENTENCE": what was found.');
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const reviewed = await client.reviewGlass(
        { params: { id: id ?? (await onlyOne(client, signal)) }, body: { says } },
        { signal },
      );
      const now = new Date(surroundings.now()).toISOString();
      surroundings.stdout.write(
        output === 'text'
          ? finish(glassLines(cleared(reviewed), look, now), look)
          : await structuredText(reviewed, output),
      );
      return 0;
    });
  },
});
