import { diagnosisMessage } from '../../rendering/diagnosis/diagnosis-message.ts';
import { seenCauseButtons } from '../../rendering/diagnosis/seen-cause.ts';
import { subCommand } from '../sub-command.ts';
import { objectsFrom } from '../words/object-words.ts';
import { namespaceOption } from './asking.ts';

export const diagnose = subCommand({
  name: 'diagnose',
  operands: '[KIND/NAME ...]',
  says: 'Says what is wrong, why, since when, who notices and what to do.',
  examples: ['diagnose', 'diagnose -n shop', 'diagnose deploy/web -n shop --share'],
  need: 'read',
  options: { ...namespaceOption, hygiene: { takes: 'nothing', says: 'Missing probes, requests and the like too.' } },
  run: async ({ operands, options: { namespace, hygiene } }, { agent, signal }) => {
    const objects = objectsFrom(operands, namespace);
    const diagnosis = await agent.diagnose(
      { body: { objects: [...objects], namespaces: namespace === undefined ? [] : [namespace], hygiene } },
      { signal },
    );
    return {
      render: (share) =>
        diagnosisMessage(diagnosis, { ...seenCauseButtons, ...(share === undefined ? {} : { share }) }),
      isShareable: true,
    };
  },
});
