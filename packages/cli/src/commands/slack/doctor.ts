import { command } from '../../command.ts';
import { checkLines } from '../../doctor/check-lines.ts';
import { botOptions } from '../../options/bot-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { finish } from '../../render/change-text.ts';
import { cleared } from '../../render/cleared.ts';
import { structuredText } from '../../render/structured.ts';

export const slackDoctorCommand = command({
  operands: '',
  description:
    "Looks whether everything is there that the bot needs: its store, the clock, tokens that Slack takes, scopes, secrets, the customers' agents. Changes nothing, shows no secret. Exit codes: 0 nothing is missing, 1 something is.",
  examples: [['autodevops slack doctor --config bot-config.yaml', 'before the bot is started']],
  options: { output: structured, ...botOptions, ...everywhere },
  run: async ({ options: { config, output }, surroundings, look, signal }) => {
    const checks = await (await surroundings.slack()).doctor(config, signal);
    surroundings.stdout.write(
      output === 'text' ? finish(checkLines(cleared(checks), look), look) : await structuredText({ checks }, output),
    );
    return checks.some(({ state }) => state === 'missing') ? 1 : 0;
  },
});
