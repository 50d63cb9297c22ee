import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { subCommand } from '../sub-command.ts';
import { incidentIdFrom } from '../words/incident-id.ts';
import { oneOf } from '../words/operands.ts';
import { incidentReply } from './showing.ts';

const states = ['investigating', 'mitigating', 'monitoring', 'reviewed'] as const;

function taskNumber(text: string): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number < 1) {
    throw new AutoDevOpsError(
      'usage',
      `"${oneLine(text, 40)}" is not the number of a task.`,
      'The tasks with their numbers are in /incident show.',
    );
  }
  return number;
}

export const update = subCommand({
  name: 'update',
  operands: 'ID|last [WORDS]',
  says: 'Adds to an incident: what there is to say, how it stands, a link, a task, that a task is done.',
  examples: [
    'update last "The rollback is running" --state mitigating',
    'update last --link chg-a1b2c3d4e5f6',
    'update last --task "Add an alert for the queue"',
  ],
  need: 'act',
  options: {
    state: {
      takes: 'value',
      value: 'STATE',
      says: 'investigating, mitigating, monitoring; reviewed closes one that is over.',
    },
    link: { takes: 'value', value: 'TARGET', says: 'A change (chg-...) or an https address.' },
    task: { takes: 'value', value: 'TEXT', says: 'Something that is to be done.' },
    done: { takes: 'value', value: 'NUMBER', says: 'A task that is done.' },
    customers: {
      takes: 'value',
      value: 'TEXT',
      says: 'What customers may hear; /incident summary shows it with what is known.',
    },
    service: {
      takes: 'values',
      value: 'NAME',
      says: 'What is affected, as customers call it; may be repeated, and replaces what was said before.',
    },
  },
  isFreeText: true,
  run: async ({ operands, options: { state, link, task, done, customers, service } }, surroundings) => {
    const { agent, signal } = surroundings;
    const says = operands.slice(1).join(' ').trim();
    const body = {
      ...(says === '' ? {} : { says }),
      ...(state === undefined ? {} : { state: oneOf(state, states, 'state') }),
      ...(link === undefined ? {} : { link: { target: link } }),
      ...(task === undefined ? {} : { task }),
      ...(done === undefined ? {} : { done: taskNumber(done) }),
      ...(customers === undefined ? {} : { customers }),
      ...(service.length === 0 ? {} : { services: [...service] }),
    };
    if (Object.keys(body).length === 0) {
      throw new AutoDevOpsError(
        'usage',
        'What is there to say?',
        'Write it behind the id, or give --state, --link, --task, --done, --customers or --service.',
      );
    }
    const id = await incidentIdFrom(operands[0], agent, signal);
    return await incidentReply(await agent.updateIncident({ params: { id }, body }, { signal }), surroundings);
  },
});
