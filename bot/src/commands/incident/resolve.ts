import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { sentenceFrom } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

export const resolve = subCommand({
  name: 'resolve',
  operands: 'ID|last WHY',
  says: 'Says that an incident is over, and what ended it. One that alerts opened is resolved with its last alert.',
  examples: ['resolve last "The old image is back"'],
  need: 'act',
  options: {},
  isFreeText: true,
  run: async ({ operands }, surroundings) => {
    const { agent, signal } = surroundings;
    const id = await incidentIdFrom(operands[0], agent, signal);
    const why = sentenceFrom(operands, 1, {
      what: 'What ended it?',
      remedy: 'Write it behind the id: those who read the post-mortem want to know.',
    });
    return await incidentReply(
      await agent.resolveIncident({ params: { id }, body: { why } }, { signal }),
      surroundings,
    );
  },
});
