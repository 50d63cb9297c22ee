import { AutoDevOpsError } from '@autodevops/domain/errors';
import { parseDuration } from '@autodevops/domain/duration';
import { oneLine } from '@autodevops/domain/printable';
import { changesFile, changesMessage } from '../../rendering/lookups/changes-message.ts';
import { fileOption, uploadAnswer } from '../sharing/upload-answer.ts';
import { subCommand } from '../sub-command.ts';
import { objectAmong } from '../words/object-words.ts';
import { namespaceOption } from './asking.ts';

/** In milliseconds: events and writers of longer ago are mostly forgotten by the cluster itself. */
const longest = 30 * 24 * 3_600_000;
const mostShown = 40;
const mostKept = 500;

function sinceIn(text: string): number {
  const since = /^\d{1,5}[smhdw]$/.test(text) ? parseDuration(text) : undefined;
  if (since === undefined) {
    throw new AutoDevOpsError('usage', `"${oneLine(text, 40)}" is no duration.`, 'Write for example 15m, 2h or 7d.');
  }
  if (since > longest) {
    throw new AutoDevOpsError('usage', 'The cluster does not remember that long.', 'Ask for 30 days at most.');
  }
  return since;
}

export const changes = subCommand({
  name: 'changes',
  operands: '[KIND/NAME]',
  says: 'Says what changed lately, newest first: rollouts, writes by people and tools, events. Of an object: what it stands on too.',
  examples: ['changes', 'changes --since 2h -n shop', 'changes deploy/web'],
  need: 'read',
  options: {
    ...namespaceOption,
    since: { takes: 'value', value: 'DURATION', says: 'How far back: 15m, 2h, 7d.' },
    ...fileOption,
  },
  run: async ({ operands, options: { namespace, since: asked = '1h', file }, slash }, surroundings) => {
    const { agent, signal } = surroundings;
    const since = sinceIn(asked);
    const object = objectAmong(operands, namespace);
    const recent = await agent.recentChanges(
      {
        query: {
          seconds: Math.max(1, Math.round(since / 1000)),
          limit: file ? mostKept : mostShown,
          ...(namespace === undefined ? {} : { namespace }),
          ...object,
        },
      },
      { signal },
    );
    if (!file) return { render: (share) => changesMessage(recent, { since, share }), isShareable: true };
    await uploadAnswer(changesFile(recent), slash.channel_id, surroundings);
    return undefined;
  },
});
