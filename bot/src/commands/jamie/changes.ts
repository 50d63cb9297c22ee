import { AutoDevOpsError } from '@autodevops/domain/errors';
import { parseDuration } from '@autodevops/domain/duration';
import { oneLine } from '@autodevops/domain/printable';
import { subCommand } from '../sub-command.ts';
import { answered, askOnce, namespaceOption } from './asking.ts';

export const changes = subCommand({
  name: 'changes',
  operands: '[KIND/NAME]',
  says: 'Says what changed lately, newest first: rollouts, writes by people and tools, events.',
  examples: ['changes', 'changes --since 2h -n shop', 'changes deploy/web'],
  need: 'read',
  options: { ...namespaceOption, since: { takes: 'value', value: 'DURATION', says: 'How far back: 15m, 2h, 7d.' } },
  run: async ({ operands, options: { namespace, since = '1h' } }, surroundings) => {
    if (!/^\d{1,5}[smhdw]$/.test(since) || parseDuration(since) === undefined) throw new AutoDevOpsError('usage', `"${oneLine(since, 40)}" is no duration.`, 'Write for example 15m, 2h or 7d.');
    const of = operands.length === 0 ? '' : ` with ${operands.join(' ')}`;
    return answered(await askOnce(`what changed${of} in the last ${since}`, namespace, surroundings));
  },
});
