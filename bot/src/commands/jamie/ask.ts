import { AutoDevOpsError } from '@autodevops/domain/errors';
import { subCommand } from '../sub-command.ts';
import { answered, askOnce, namespaceOption } from './asking.ts';

export const ask = subCommand({
  name: 'ask',
  operands: 'QUESTION',
  says: 'Answers a question in plain words.',
  examples: [
    'ask why is web failing?',
    'ask what changed in the last hour in namespace shop',
    'ask is db healthy? --share',
  ],
  need: 'read',
  options: namespaceOption,
  isFreeText: true,
  run: async ({ operands, options: { namespace } }, surroundings) => {
    const question = operands.join(' ').trim();
    if (question === '') {
      throw new AutoDevOpsError('usage', 'There is no question.', 'Write for example: /jamie ask what is wrong?');
    }
    return answered(await askOnce(question, namespace, surroundings));
  },
});
