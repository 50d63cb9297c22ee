import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { Surroundings } from '../../handling/handler.ts';
import { graphDrawing } from '../../rendering/lookups/graph-drawing.ts';
import { graphFile, graphPicture } from '../../rendering/lookups/graph-file.ts';
import { graphMessage } from '../../rendering/lookups/graph-message.ts';
import type { Graph } from '../../rendering/lookups/graph-message.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { nameOf, objectAmong } from '../words/object-words.ts';
import { namespaceOption } from './asking.ts';

/** Undefined: it cannot be drawn, and is told in another way. */
async function drawn(found: Graph, { draw, signal, log }: Surroundings): Promise<Uint8Array | undefined> {
  const drawing = graphDrawing(found);
  if (drawing === undefined) return undefined;
  return await draw(drawing, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    log('a graph could not be drawn', { why: error instanceof Error ? error.message : 'unknown' });
    return undefined;
  });
}

export const graph = subCommand({
  name: 'graph',
  operands: 'KIND/NAME',
  says: 'Shows what something leans on and how that is; with --users, who leans on it. With --file, as a picture; where that is too much to be read on one, in Mermaid.',
  examples: ['graph deploy/web -n shop', 'graph cm/settings --users', 'graph deploy/web --file'],
  need: 'read',
  options: { ...namespaceOption, users: { takes: 'nothing', says: 'Who leans on it, instead.' }, ...fileOption },
  run: async ({ operands, options: { namespace, users, file }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    const object = objectAmong(operands, namespace);
    if (object === undefined) {
      throw new AutoDevOpsError('usage', 'The neighbours of what?', 'Write for example: /jamie graph deploy/web');
    }
    const found = await agent.graph({ query: { ...object, side: users ? 'used-by' : 'uses' } }, { signal });
    const name = nameOf(object);
    if (!file) return { render: (share) => graphMessage(found, { name, isOfUsers: users, share }), isShareable: true };
    const png = await drawn(found, surroundings);
    await uploadAnswer(
      png === undefined ? graphFile(found, { name }) : graphPicture(found, { name }, png),
      slash.channel_id,
      surroundings,
    );
    return undefined;
  },
});
