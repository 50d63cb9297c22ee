import { AutoDevOpsError } from '@autodevops/domain/errors';
import { subCommand } from '../sub-command.ts';
import { answered, askOnce } from './asking.ts';

export const explain = subCommand({
  name: 'explain',
  operands: 'CODE',
  says: 'Says what a code or a word of Kubernetes means, how it is recognised and what to do.',
  examples: ['explain pod.image.not-found', 'explain CrashLoopBackOff'],
  need: 'read',
  options: {},
  run: async ({ operands }, surroundings) => {
    const [word, ...more] = operands;
    if (word === undefined || more.length > 0) throw new AutoDevOpsError('usage', 'Which code?', 'Write for example: /jamie explain pod.image.not-found');
    return answered(await askOnce(`what does ${word} mean`, undefined, surroundings));
  },
});
