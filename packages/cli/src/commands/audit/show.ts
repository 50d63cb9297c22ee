import { timeAgo } from '@autodevops/domain/time-ago';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { standing, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';
import { table } from '../../terminal/table.ts';

const countWanted = 'a whole number from 1 to 1000';
const rowWanted = 'the number of a row';

export const auditShowCommand = command({
  operands: '',
  description:
    'The audit log, its newest rows or those from one row on: who did what, on whose behalf, what was agreed to, what came of it; refusals too.',
  examples: [
    ['autodevops audit show --limit 50', 'the last fifty'],
    ['autodevops audit show --from 1', 'from the beginning'],
  ],
  options: {
    from: option(wholeNumber(1, Number.MAX_SAFE_INTEGER, rowWanted), {
      value: 'ROW',
      says: 'Rows from this one on; the newest when absent.',
    }),
    limit: option(standing(wholeNumber(1, 1000, countWanted), 20), {
      value: 'COUNT',
      says: 'How many, at most 1000.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { from, limit, output },
      surroundings,
      look,
      signal,
    } = run;
    return await withAgent(run, run.options, async ({ client }) => {
      const first = from ?? Math.max(1, (await client.auditRows({ query: { limit: 1 } }, { signal })).head - limit + 1);
      const found = await client.auditRows({ query: { from: first, limit } }, { signal });
      const now = new Date(surroundings.now()).toISOString();
      const rows = cleared(found.rows).map(({ sequence, entry }) => [
        String(sequence),
        timeAgo(entry.time, now),
        entry.code,
        entry.actor.name,
        entry.subject,
        entry.says,
      ]);
      surroundings.stdout.write(
        output === 'text'
          ? finish(
              rows.length === 0
                ? ['Nothing is recorded yet.']
                : table(look, ['row', 'when', 'code', 'who', 'about', 'what'], rows),
              look,
            )
          : await structuredText(found, output),
      );
      return 0;
    });
  },
});
