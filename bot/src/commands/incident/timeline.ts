import { timelineFile, timelineMessage } from '../../rendering/incident/timeline-message.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { nothingAfter } from '../words/operands.ts';

export const timeline = subCommand({
  name: 'timeline',
  operands: 'ID|last',
  says: 'Tells what happened in an incident, and who says so: alerts, causes, people, changes and who agreed to them.',
  examples: ['timeline last', 'timeline last --file'],
  need: 'read',
  options: fileOption,
  run: async ({ operands, options: { file }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    nothingAfter(operands, 1);
    const incident = await agent.incident(
      { params: { id: await incidentIdFrom(operands[0], agent, signal) } },
      { signal },
    );
    if (!file) return { render: (share) => timelineMessage(incident, share), isShareable: true };
    await uploadAnswer(timelineFile(incident), slash.channel_id, surroundings);
    return undefined;
  },
});
