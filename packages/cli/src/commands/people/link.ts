import { printable } from '@autodevops/domain/printable';
import { withAgent } from '../../changing/with-agent.ts';
import { command } from '../../command.ts';
import { agentOptions } from '../../options/agent-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { usageError } from '../../options/usage-error.ts';
import { finish } from '../../render/change-text.ts';
import { structuredText } from '../../render/structured.ts';
import { hang } from '../../terminal/wrap.ts';

export const peopleLinkCommand = command({
  operands: '',
  description:
    'Makes a code by which another account of yours becomes yours here: say it there within ten minutes. It works once and is shown once; a newer one replaces it. Both accounts are one person then, whose yes counts once.',
  examples: [['autodevops people link', 'then, in Slack: /autodevops link CODE']],
  options: { output: structured, ...agentOptions, ...everywhere },
  run: async (run) => {
    const {
      options: { output },
      positionals,
      surroundings,
      look,
      signal,
    } = run;
    if (positionals.length > 0) {
      throw usageError(
        'A code links whoever says it.',
        'Leave the name out; `autodevops people add` links somebody else.',
      );
    }
    return await withAgent(run, run.options, async ({ client }) => {
      const made = await client.makeLinkCode({ body: {} }, { signal });
      const code = printable(made.code);
      const lines = [
        ...hang(
          '',
          `Until ${printable(made.expiresAt)}, write in Slack, with the account that is to be yours:`,
          look.columns,
        ),
        '',
        `   /autodevops link ${code}`,
        '',
        ...hang('', 'Show it to nobody: whoever says it first is you here.', look.columns),
      ];
      surroundings.stdout.write(output === 'text' ? finish(lines, look) : await structuredText(made, output));
      return 0;
    });
  },
});
