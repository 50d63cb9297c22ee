// The floor of executing plans: the very records that the driver writes for them, committed one after the other and
// nothing else done. Arguments: file, how many plans.
import type { ChangeEvent } from '../../../packages/domain/src/change/change.ts';
import type { JournalRecord, Store } from '../../../packages/domain/src/ports/store.ts';
import { openSqliteStore } from '../../../packages/store/src/sqlite/sqlite-store.ts';
import { createMemoryStore } from '../../../packages/testkit/src/store/in-memory/memory-store.ts';
import { median, report } from '../measured-process.ts';
import { runPlans } from '../ten-step-plans.ts';

type Written = JournalRecord<ChangeEvent>;

const [file = '', count = '0'] = process.argv.slice(2);

function withoutFence({ id, after, events, audit, outbox }: Written): Written {
  return { id, after, events, audit, outbox };
}

/** What is written for each change, in order and without its fence, which is the leases' affair; the first record is its proposal. */
async function recordsOf(plans: number): Promise<readonly (readonly Written[])[]> {
  const memory = createMemoryStore();
  const written: Written[] = [];
  const changes: Store['changes'] = {
    ...memory.changes,
    append: async (record) => {
      await memory.changes.append(record);
      written.push(withoutFence(record));
    },
  };
  await runPlans({ ...memory, changes }, plans);
  return [...Map.groupBy(written, ({ id }) => id).values()];
}

const changes = await recordsOf(Number(count));
const store = await openSqliteStore({ file });
const times: number[] = [];
for (const [proposal, ...records] of changes) {
  if (proposal === undefined) continue;
  await store.changes.append(proposal);
  const started = performance.now();
  for (const record of records) await store.changes.append(record);
  times.push(performance.now() - started);
}
const { sequence } = await store.audit.head();
const rows = changes.flat().reduce((sum, { audit }) => sum + audit.length, 0);
if (sequence !== rows) throw new Error(`${sequence} rows of audit are there, not ${rows}`);
await store.close();
report({ millisecondsOfPlan: median(times), commits: (changes[0]?.length ?? 0) - 1 });
