// Durable approvals with their audit rows and outbox events. Arguments: what (`sqlite`, `postgres`), where (a file, or
// the address of a server as JSON), how many, how many at a time.
import type { ChangeEvent } from '../../../packages/domain/src/change/change.ts';
import type { JournalRecord, Store } from '../../../packages/domain/src/ports/store.ts';
import { openPostgresStore } from '../../../packages/store/src/postgres/postgres-store.ts';
import { openSqliteStore } from '../../../packages/store/src/sqlite/sqlite-store.ts';
import { approvalOf, proposalOf } from '../approval-records.ts';
import { report } from '../measured-process.ts';

const [what = '', where = '', count = '0', together = '1'] = process.argv.slice(2);
const total = Number(count);

function open(): Promise<Store> {
  const customer = `bench-${process.pid}`;
  if (what === 'postgres') return openPostgresStore({ address: JSON.parse(where) as object, customer });
  return openSqliteStore({ file: where, customer });
}

/** So many askers, each of whom waits for its answer before it asks again. */
async function append(
  store: Store,
  askers: number,
  recordOf: (at: number) => JournalRecord<ChangeEvent>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: askers }, async () => {
      for (let at = (next += 1); at <= total; at = next += 1) await store.changes.append(recordOf(at));
    }),
  );
}

const store = await open();
await append(store, 64, proposalOf);
const started = performance.now();
await append(store, Number(together), approvalOf);
const seconds = (performance.now() - started) / 1000;
const { sequence } = await store.audit.head();
if (sequence !== 2 * total) throw new Error(`${sequence} rows of audit are there, not ${2 * total}.`);
await store.close();
report({ perSecond: total / seconds });
