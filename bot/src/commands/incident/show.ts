import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

export const show = subCommand({
  name: 'show',
  operands: 'ID|last',
  says: 'Shows an incident: how it stands, its causes and alerts, who works on it.',
  examples: ['show last'],
  need: 'read',
  options: {},
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    return await incidentReply(
      await agent.incident({ params: { id: await incidentIdFrom(operands[0], agent, signal) } }, { signal }),
      surroundings,
    );
  },
});
