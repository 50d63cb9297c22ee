import { subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';
import { incidentPage } from './incident-page.ts';

export const list = subCommand({
  name: 'list',
  operands: '',
  says: 'Lists the incidents that somebody has to look after; with --all, also those that are over.',
  examples: ['list', 'list --all'],
  need: 'read',
  options: { all: { takes: 'nothing', says: 'Also those that are over.' } },
  run: async ({ operands, options: { all } }, surroundings) => {
    nothingAfter(operands, 0);
    const page = await incidentPage({ all }, surroundings);
    return { render: () => page, isShareable: true };
  },
});
