import { AutoDevOpsError } from '@autodevops/domain/errors';
import { oneLine } from '@autodevops/domain/printable';
import { logsFile, logsMessage } from '../../rendering/lookups/logs-message.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { nameOf, objectAmong } from '../words/object-words.ts';
import { namespaceOption } from './asking.ts';

const most = 1000;
const usual = 50;

function linesIn(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
  throw new AutoDevOpsError(
    'usage',
    `"${oneLine(text, 40)}" is no number of lines.`,
    `Write a number from 1 to ${most}.`,
  );
}

export const logs = subCommand({
  name: 'logs',
  operands: 'KIND/NAME',
  says: 'Shows the last lines that its containers wrote, those first that are not ready; secrets are masked.',
  examples: [
    'logs deploy/web -n shop',
    'logs pod/web-0 -n shop --container app --previous',
    'logs deploy/web --lines 500 --file',
  ],
  need: 'read',
  options: {
    ...namespaceOption,
    container: { takes: 'value', short: 'c', value: 'CONTAINER', says: 'Of this container alone.' },
    previous: { takes: 'nothing', short: 'p', says: 'Of the container before it was restarted.' },
    lines: { takes: 'value', value: 'COUNT', says: `The last so many lines of each, at most ${most}.` },
    ...fileOption,
  },
  run: async ({ operands, options: { namespace, container, previous, lines, file }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    const object = objectAmong(operands, namespace);
    if (object === undefined) {
      throw new AutoDevOpsError('usage', 'The logs of what?', 'Write for example: /jamie logs deploy/web');
    }
    const wanted = lines === undefined ? (file ? most : usual) : linesIn(lines);
    const answer = await agent.logs(
      {
        query: {
          ...object,
          previous: String(previous),
          lines: wanted,
          ...(container === undefined ? {} : { container }),
        },
      },
      { signal },
    );
    const name = nameOf(object);
    if (!file) return { render: (share) => logsMessage(answer, { name, share }), isShareable: true };
    await uploadAnswer(logsFile(answer, { name }), slash.channel_id, surroundings);
    return undefined;
  },
});
