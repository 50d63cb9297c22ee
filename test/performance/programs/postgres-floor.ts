// The same commits bare: the rows of an approval into tables of their own, without lock, chain, checks or row security.
// Arguments: the owner's address as JSON, how many, how many at a time.
import { postgresConnection } from '../../../packages/store/src/postgres/postgres-connection.ts';
import { approvalOf } from '../approval-records.ts';
import { report } from '../measured-process.ts';

const [where = '', count = '0', together = '1'] = process.argv.slice(2);
const total = Number(count);
const connection = postgresConnection({
  address: JSON.parse(where) as object,
  customer: 'bare',
  poolSize: Number(together),
});
const tables = ['head', 'event', 'audit', 'outbox'].map((name) => `bare_${process.pid}_${name}`);
for (const table of tables) {
  await connection.once(`CREATE TABLE ${table} AS SELECT $1::text AS customer, 0 AS number, ''::text AS text`);
}

const [head = '', event = '', audit = '', outbox = ''] = tables;
const insert = `
WITH h AS (INSERT INTO ${head} VALUES ($1, $2, $3)), e AS (INSERT INTO ${event} VALUES ($1, $2, $4)), o AS (INSERT INTO ${outbox} VALUES ($1, $2, $6))
INSERT INTO ${audit} VALUES ($1, $2, $5)`;
let next = 0;
const started = performance.now();
await Promise.all(
  Array.from({ length: Number(together) }, async () => {
    for (let at = (next += 1); at <= total; at = next += 1) {
      const { id, events, audit: rows, outbox: sent } = approvalOf(at);
      await connection.once(
        insert,
        at,
        id,
        JSON.stringify(events[0]),
        JSON.stringify(rows[0]),
        JSON.stringify(sent[0]),
      );
    }
  }),
);
const seconds = (performance.now() - started) / 1000;
await connection.close();
report({ perSecond: total / seconds });
