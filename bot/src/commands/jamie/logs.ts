import { AutoDevOpsError } from '@autodevops/domain/errors';
import { subCommand } from '../sub-command.ts';
import { answered, askOnce, namespaceOption } from './asking.ts';

export const logs = subCommand({
  name: 'logs',
  operands: 'KIND/NAME',
  says: 'Shows the last lines that its pods wrote, as far as Jamie read them; secrets are masked.',
  examples: ['logs deploy/web -n shop'],
  need: 'read',
  options: namespaceOption,
  run: async ({ operands, options: { namespace } }, surroundings) => {
    if (operands.length === 0) throw new AutoDevOpsError('usage', 'The logs of what?', 'Write for example: /jamie logs deploy/web');
    return answered(await askOnce(`show the logs of ${operands.join(' ')}`, namespace, surroundings));
  },
});
