import { IncidentRole } from '@autodevops/domain/incident/incident-event';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter, oneOf } from '../words/operands.ts';
import { accountOf } from './account-of.ts';
import { incidentReply } from './showing.ts';

export const assign = subCommand({
  name: 'assign',
  operands: 'ID|last [@PERSON]',
  says: 'Gives somebody a part in an incident: you, or whom you name. Whoever takes one takes the incident up.',
  examples: ['assign last', 'assign last @bob --role communicator'],
  need: 'act',
  options: { role: { takes: 'value', value: 'ROLE', says: 'commander (as usual), communicator or responder.' } },
  run: async ({ operands, options: { role = 'commander' } }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 2);
    const [given, whom] = operands;
    const part = oneOf(role, IncidentRole.options, 'role');
    const account = whom === undefined ? undefined : await accountOf(whom, surroundings);
    const id = await incidentIdFrom(given, agent, signal);
    return await incidentReply(
      await agent.assignIncident(
        { params: { id }, body: { role: part, ...(account === undefined ? {} : { account }) } },
        { signal },
      ),
      surroundings,
    );
  },
});
