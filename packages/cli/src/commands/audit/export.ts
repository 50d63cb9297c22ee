import type { AgentClient } from '@autodevops/agentd/client';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import type { AuditRows } from '../../keeping/keeping.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere } from '../../options/groups.ts';
import { choice, readBy, standing } from '../../options/form.ts';
import { option } from '../../options/option.ts';

/** Local dates and times are read as this machine's. */
const moment = readBy((word) => {
  const time = Date.parse(word);
  return Number.isNaN(time)
    ? { wanted: 'a time such as 2026-01-31 or 2026-01-31T12:00:00Z' }
    : { value: new Date(time).toISOString() };
});

function rowsOver(client: AgentClient, signal: AbortSignal): AuditRows {
  return {
    rows: async ({ from, limit }) => (await client.auditRows({ query: { from, limit } }, { signal })).rows,
    head: async () => {
      const { head } = await client.auditRows({ query: { limit: 1 } }, { signal });
      const [last] = head === 0 ? [] : (await client.auditRows({ query: { from: head, limit: 1 } }, { signal })).rows;
      return { sequence: head, hash: last?.hash ?? '0'.repeat(64) };
    },
  };
}

export const auditExportCommand = command({
  operands: '',
  description:
    'Prints the audit log, or the part of a time, without a gap: as JSON lines, which `audit verify` and any other program can verify, or as CSV for tables.',
  examples: [
    ['autodevops audit export > audit.jsonl', 'all of it'],
    ['autodevops audit export --from 2026-01-01 --to 2026-02-01 --format csv > january.csv', 'a month, for a table'],
  ],
  options: {
    from: option(moment, { value: 'TIME', says: 'Rows of this time and later.' }),
    to: option(moment, { value: 'TIME', says: 'Rows before this time.' }),
    format: option(standing(choice(['jsonl', 'csv']), 'jsonl'), { value: 'FORMAT', says: 'jsonl or csv.' }),
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { from, to, format },
      surroundings,
      signal,
    } = run;
    const keeping = await surroundings.keeping();
    return await withAgent(run, run.options, async ({ client }) => {
      const pieces = keeping.exportAudit(rowsOver(client, signal), {
        format,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
      for await (const piece of pieces) surroundings.stdout.write(piece);
      return 0;
    });
  },
});
