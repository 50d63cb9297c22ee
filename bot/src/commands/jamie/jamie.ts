import type { SlashCommand } from '../slash-command.ts';
import { ask } from './ask.ts';
import { changes } from './changes.ts';
import { diagnose } from './diagnose.ts';
import { explain } from './explain.ts';
import { graph } from './graph.ts';
import { logs } from './logs.ts';

/** Jamie looks and answers; nothing that she is asked changes anything. */
export const jamie: SlashCommand = {
  name: '/jamie',
  says: 'Ask the cluster: what is wrong, why, since when, what changed.',
  words: [ask, diagnose, changes, logs, graph, explain],
  otherwise: ask,
};
