import { scarletStatus } from '../../rendering/agent/scarlet-status.ts';
import { subCommand } from '../sub-command.ts';
import { nothingAfter } from '../words/operands.ts';

const most = 100;

export const status = subCommand({
  name: 'status',
  operands: '',
  says: 'Shows what waits and what is on its way, how much may be done by itself, and the kill switch.',
  examples: ['status'],
  need: 'read',
  options: {},
  run: async ({ operands }, { agent, signal }) => {
    nothingAfter(operands, 0);
    const [cluster, killSwitch, { changes }] = await Promise.all([
      agent.cluster({}, { signal }),
      agent.killSwitch({}, { signal }),
      agent.changes({ query: { open: 'true', limit: most } }, { signal }),
    ]);
    return { render: () => scarletStatus({ cluster, killSwitch, changes }), isShareable: true };
  },
});
