import { userInfo } from 'node:os';
import { printable } from '@autodevops/domain/printable';
import { command } from '../../command.ts';
import { botOptions } from '../../options/bot-options.ts';
import { everywhere, structured } from '../../options/groups.ts';
import { text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { usageError } from '../../options/usage-error.ts';
import { structuredText } from '../../render/structured.ts';

export const slackInstallCommand = command({
  operands: '',
  description:
    'Makes a link by which somebody who administers a workspace installs a distributed app for one customer. It is good once, for ten minutes; give it to nobody else.',
  examples: [['autodevops slack install --app A0123456789 --customer acme', 'then open the link']],
  options: {
    app: option(text, { value: 'ID', says: 'The app, as the configuration names it.' }),
    customer: option(text, { value: 'NAME', says: 'The customer that the workspace will belong to.' }),
    output: structured,
    ...botOptions,
    ...everywhere,
  },
  run: async ({ options: { app, customer, config, output }, surroundings }) => {
    if (app === undefined || customer === undefined) {
      throw usageError('Which app, and for whom?', 'Give --app and --customer.');
    }
    const link = await (
      await surroundings.slack()
    ).installLink(config, { app, customer, admin: `local:${userInfo().username}` });
    surroundings.stdout.write(
      output === 'text'
        ? `Until ${link.until}, once:\n\n   ${printable(link.url)}\n`
        : await structuredText(link, output),
    );
    return 0;
  },
});
