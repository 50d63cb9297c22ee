import { parseDuration } from '@autodevops/domain/duration';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { sentenceFrom } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

const minute = 60_000;
const longest = 7 * 24 * 60;

function minutesIn(text: string): number {
  const milliseconds = /^\d{1,5}[mhd]$/.test(text) ? parseDuration(text) : undefined;
  const minutes = milliseconds === undefined ? 0 : Math.round(milliseconds / minute);
  if (minutes < 1 || minutes > longest) {
    throw new AutoDevOpsError(
      'usage',
      `"${oneLine(text, 40)}" is no time that an incident may be silent.`,
      'Write for example 30m, 2h or 1d; a week is the longest.',
    );
  }
  return minutes;
}

export const silence = subCommand({
  name: 'silence',
  operands: 'ID|last WHY',
  says: 'Keeps an incident from telling anybody, and from asking for updates, for some time. With --end, ends that.',
  examples: ['silence last --for 2h "The provider repairs it"', 'silence last --end'],
  need: 'act',
  options: {
    for: { takes: 'value', value: 'DURATION', says: 'How long: 30m, 2h, 1d; an hour when it is left out.' },
    end: { takes: 'nothing', says: 'It may tell people again.' },
  },
  isFreeText: true,
  run: async ({ operands, options: { for: duration = '1h', end } }, surroundings) => {
    const { agent, signal } = surroundings;
    const minutes = minutesIn(duration);
    const why = end
      ? ''
      : sentenceFrom(operands, 1, {
          what: 'Why?',
          remedy: 'Write it behind the id: others want to know why nobody is told.',
        });
    const id = await incidentIdFrom(operands[0], agent, signal);
    const incident = end
      ? await agent.unsilenceIncident({ params: { id } }, { signal })
      : await agent.silenceIncident({ params: { id }, body: { minutes, why } }, { signal });
    return await incidentReply(incident, surroundings);
  },
});
