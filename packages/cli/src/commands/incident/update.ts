import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { choice, listOf, standing, text, wholeNumber } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { incidentIdFrom, wordsAfter } from '../../responding/incident-id.ts';
import { showIncident } from '../../responding/show-incident.ts';

const taskWanted = 'the number of a task';

export const incidentUpdateCommand = command({
  operands: 'ID|last ["WORDS"]',
  description:
    'Adds to an incident: what there is to say, how it stands, a link to a change or an address, a task, that a task is done, what is affected, what may be told to customers. One that is resolved is closed by the state reviewed.',
  examples: [
    ['autodevops incident update last "The rollback is running" --state mitigating', 'how it stands'],
    ['autodevops incident update last --link chg-a1b2c3d4e5f6', 'what was done about it'],
    ['autodevops incident update last --task "Add an alert for the queue"', 'what is left to do'],
  ],
  options: {
    state: option(choice(['investigating', 'mitigating', 'monitoring', 'reviewed']), {
      value: 'STATE',
      says: 'investigating, mitigating, monitoring or reviewed.',
    }),
    link: option(text, { value: 'TARGET', says: 'A change (chg-...) or an https address.' }),
    task: option(text, { value: 'TEXT', says: 'Something that is to be done.' }),
    customers: option(text, { value: 'TEXT', says: 'What may be told to those who use the service.' }),
    service: option(standing(listOf(text), []), {
      value: 'NAME',
      says: 'What is affected, by the name that those who use it know; may be repeated, and replaces what was said before.',
    }),
    done: option(wholeNumber(1, Number.MAX_SAFE_INTEGER, taskWanted), {
      value: 'NUMBER',
      says: 'A task that is done.',
    }),
    output: structured,
    ...agentOptions,
    ...everywhere,
  },
  run: async (run) => {
    const {
      options: { state, link, task, done, customers, service },
      positionals,
      signal,
    } = run;
    const says = wordsAfter(positionals);
    if (
      says === '' &&
      service.length === 0 &&
      [state, link, task, done, customers].every((part) => part === undefined)
    ) {
      throw usageError(
        'What is there to say?',
        'Write it behind the id, or give --state, --link, --task, --done, --customers or --service.',
      );
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const id = await incidentIdFrom(positionals[0], client, signal);
      const body = {
        ...(says === '' ? {} : { says }),
        ...(state === undefined ? {} : { state }),
        ...(link === undefined ? {} : { link: { target: link } }),
        ...(task === undefined ? {} : { task }),
        ...(done === undefined ? {} : { done }),
        ...(customers === undefined ? {} : { customers }),
        ...(service.length === 0 ? {} : { services: service }),
      };
      await showIncident(await client.updateIncident({ params: { id }, body }, { signal }), run);
      return 0;
    });
  },
});
