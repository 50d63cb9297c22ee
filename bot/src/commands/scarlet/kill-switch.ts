import { killSwitchMessage } from '../../rendering/agent/kill-switch.ts';
import { subCommand } from '../sub-command.ts';
import { oneOf, sentenceFrom } from '../words/operands.ts';

export const killSwitch = subCommand({
  name: 'kill-switch',
  operands: '[status] | on WHY | off WHY',
  says: 'Stops all execution at once, in every process, or lets it go on.',
  examples: ['kill-switch', 'kill-switch on "The registry is down"', 'kill-switch off "It is back"'],
  need: 'act',
  options: {},
  isFreeText: true,
  run: async ({ operands }, { agent, signal }) => {
    const turn = oneOf(operands[0] ?? 'status', ['status', 'on', 'off'], 'position of the kill switch');
    if (turn === 'status') {
      const now = await agent.killSwitch({}, { signal });
      return { render: () => killSwitchMessage(now), isShareable: true };
    }
    const why = sentenceFrom(operands, 1, {
      what: 'Why?',
      remedy: `Write it behind: /scarlet kill-switch ${turn} "why"`,
    });
    const turned = await agent.setKillSwitch({ body: { on: turn === 'on', why } }, { signal });
    return { render: () => killSwitchMessage(turned), isShareable: true };
  },
});
