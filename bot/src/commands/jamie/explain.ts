import { AutoDevOpsError } from '@autodevops/domain/errors';
import { meaningMessage } from '../../rendering/lookups/meaning-message.ts';
import { subCommand } from '../sub-command.ts';

const longest = 100;

export const explain = subCommand({
  name: 'explain',
  operands: 'CODE',
  says: 'Says what a code or a word of Kubernetes means, how it is recognised, what to do and what not.',
  examples: ['explain pod.image.not-found', 'explain CrashLoopBackOff'],
  need: 'read',
  options: {},
  run: async ({ operands }, { agent, signal }) => {
    const [word = '', ...more] = operands;
    if (word === '' || word.length > longest || more.length > 0) {
      throw new AutoDevOpsError('usage', 'Which code?', 'Write for example: /jamie explain pod.image.not-found');
    }
    const meaning = await agent.meaning({ params: { word } }, { signal });
    return { render: (share) => meaningMessage(word, meaning, share), isShareable: true };
  },
});
