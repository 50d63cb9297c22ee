import { AutoDevOpsError } from '@autodevops/domain/errors';
import { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { oneOf } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

export const severity = subCommand({
  name: 'severity',
  operands: 'ID|last SEVERITY [WHY]',
  says: 'Says how bad an incident is for those who use the service: sev1 is the worst, sev4 the mildest.',
  examples: ['severity last sev1 "Nobody can pay"'],
  need: 'act',
  options: {},
  isFreeText: true,
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    const [given, word, ...rest] = operands;
    if (word === undefined) {
      throw new AutoDevOpsError('usage', 'How bad is it?', 'Write sev1, sev2, sev3 or sev4 behind the id.');
    }
    const level = oneOf(word, IncidentSeverity.options, 'severity');
    const id = await incidentIdFrom(given, agent, signal);
    return await incidentReply(
      await agent.setIncidentSeverity(
        { params: { id }, body: { severity: level, why: rest.join(' ').slice(0, 2000) } },
        { signal },
      ),
      surroundings,
    );
  },
});
