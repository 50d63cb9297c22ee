import type { SpentIds } from '@autodevops/domain/ports/store';
import { toStored } from '../stored-text.ts';
import type { PostgresConnection } from './postgres-connection.ts';

/** What has ended goes with what comes: more of it than comes in between, and none that another one is removing. */
const forget = `
DELETE FROM autodevops.spent_id WHERE (customer, id) IN (
  SELECT customer, id FROM autodevops.spent_id WHERE until < clock_timestamp() ORDER BY until LIMIT 10 FOR UPDATE SKIP LOCKED
)`;
const spend = `
INSERT INTO autodevops.spent_id (customer, id, until) VALUES (current_setting('app.customer'), $1, to_timestamp($2::double precision / 1000))
ON CONFLICT (customer, id) DO NOTHING RETURNING id`;

export function postgresSpentIds(connection: PostgresConnection): SpentIds {
  return {
    spend: (id, until) =>
      connection.write(async (query) => {
        await query(forget);
        return (await query(spend, toStored(id), until)).length === 1;
      }),
  };
}
