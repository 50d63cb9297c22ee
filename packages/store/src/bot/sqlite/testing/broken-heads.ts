import type { OpenDriver } from '../../../sqlite/driver/driver.ts';

// Of the new messages of a channel and a lane that wait for no parent exactly one is ready; nothing else that is new is.
const broken = `
SELECT lane, customer, app, team, channel, sum(ready) AS ready, count(*) AS waiting FROM message WHERE state = 'waiting' AND ts = '' AND blocked = 0
GROUP BY lane, customer, app, team, channel HAVING sum(ready) <> 1
UNION ALL
SELECT lane, customer, app, team, channel, ready, 0 FROM message WHERE ready = 1 AND (state <> 'waiting' OR (ts = '' AND blocked = 1))
UNION ALL
SELECT lane, customer, app, team, channel, ready, 1 FROM message WHERE ready = 0 AND state = 'waiting' AND ts <> ''
UNION ALL
SELECT m.lane, m.customer, m.app, m.team, m.channel, m.ready, 2 FROM message AS m WHERE m.ts = ''
  AND m.blocked <> (m.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM message AS p WHERE p.key = m.parent AND p.customer = m.customer AND p.ts <> ''))`;

/** Channels of a bot's file in which something other than what comes next would be handed out. */
export function brokenHeads(open: OpenDriver, file: string): readonly unknown[] {
  const driver = open(file, { readOnly: true });
  try {
    return driver.prepare(broken).all();
  } finally {
    driver.close();
  }
}
