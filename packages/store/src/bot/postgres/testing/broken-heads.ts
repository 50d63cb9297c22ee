/** Channels in which something other than what comes next would be handed out: of the new messages of a channel and a lane that wait for no parent exactly one is ready, and nothing else that is new. */
export const brokenHeads = `
SELECT lane, customer, app, team, channel FROM autodevops_bot.message WHERE state = 'waiting' AND ts = '' AND NOT blocked
GROUP BY lane, customer, app, team, channel HAVING count(*) FILTER (WHERE ready) <> 1
UNION ALL
SELECT lane, customer, app, team, channel FROM autodevops_bot.message WHERE ready AND (state <> 'waiting' OR (ts = '' AND blocked)) OR NOT ready AND state = 'waiting' AND ts <> ''
UNION ALL
SELECT m.lane, m.customer, m.app, m.team, m.channel FROM autodevops_bot.message AS m WHERE m.ts = ''
  AND m.blocked <> (m.parent IS NOT NULL AND NOT EXISTS (SELECT FROM autodevops_bot.message AS p WHERE p.key = m.parent AND p.customer = m.customer AND p.ts <> ''))`;
