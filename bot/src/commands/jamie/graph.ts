import { AutoDevOpsError } from '@autodevops/domain/errors';
import { subCommand } from '../sub-command.ts';
import { answered, askOnce, namespaceOption } from './asking.ts';

export const graph = subCommand({
  name: 'graph',
  operands: 'KIND/NAME',
  says: 'Shows what something leans on and how that is; with --users, who leans on it.',
  examples: ['graph deploy/web -n shop', 'graph cm/settings --users'],
  need: 'read',
  options: { ...namespaceOption, users: { takes: 'nothing', says: 'Who leans on it, instead.' } },
  run: async ({ operands, options: { namespace, users } }, surroundings) => {
    if (operands.length === 0) throw new AutoDevOpsError('usage', 'The neighbours of what?', 'Write for example: /jamie graph deploy/web');
    const object = operands.join(' ');
    return answered(await askOnce(users ? `who uses ${object}` : `what does ${object} talk to`, namespace, surroundings));
  },
});
