import { AutoDevOpsError } from '@autodevops/domain/errors';
import { graphFile, graphMessage } from '../../rendering/lookups/graph-message.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { nameOf, objectAmong } from '../words/object-words.ts';
import { namespaceOption } from './asking.ts';

export const graph = subCommand({
  name: 'graph',
  operands: 'KIND/NAME',
  says: 'Shows what something leans on and how that is; with --users, who leans on it. With --file, as a drawing in Mermaid.',
  examples: ['graph deploy/web -n shop', 'graph cm/settings --users', 'graph deploy/web --file'],
  need: 'read',
  options: { ...namespaceOption, users: { takes: 'nothing', says: 'Who leans on it, instead.' }, ...fileOption },
  run: async ({ operands, options: { namespace, users, file }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    const object = objectAmong(operands, namespace);
    if (object === undefined) throw new AutoDevOpsError('usage', 'The neighbours of what?', 'Write for example: /jamie graph deploy/web');
    const found = await agent.graph({ query: { ...object, side: users ? 'used-by' : 'uses' } }, { signal });
    const name = nameOf(object);
    if (!file) return { render: (share) => graphMessage(found, { name, isOfUsers: users, share }), isShareable: true };
    await uploadAnswer(graphFile(found, { name }), slash.channel_id, surroundings);
    return undefined;
  },
});
