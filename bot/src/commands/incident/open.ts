import { IncidentSeverity } from '@autodevops/domain/incident/incident-event';
import { openIncidentForm } from '../../rendering/forms/incident-forms.ts';
import { subCommand } from '../sub-command.ts';
import { oneOf } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

export const open = subCommand({
  name: 'open',
  operands: '["TITLE"]',
  says: 'Opens an incident; Jamie looks at the cluster at once. Without a title, a form asks.',
  examples: ['open "Customers cannot pay" --severity sev1', 'open'],
  need: 'act',
  options: { severity: { takes: 'value', value: 'SEVERITY', says: 'sev1 (the worst) to sev4.' } },
  isFreeText: true,
  run: async ({ operands, options: { severity: given }, slash }, surroundings) => {
    const { agent, slack, signal } = surroundings;
    const title = operands.join(' ').trim();
    const severity = given === undefined ? undefined : oneOf(given, IncidentSeverity.options, 'severity');
    if (title === '') {
      await slack.openView(slash.trigger_id, openIncidentForm({}), signal);
      return undefined;
    }
    return await incidentReply(
      await agent.openIncident({ body: { title, ...(severity === undefined ? {} : { severity }) } }, { signal }),
      surroundings,
    );
  },
});
