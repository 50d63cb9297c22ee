import { z } from 'zod';
import { command } from '../../command.ts';
import { everywhere } from '../../options/groups.ts';
import { option } from '../../options/option-meta.ts';
import { structuredText } from '../../render/structured.ts';

export const slackManifestCommand = command({
  operands: '',
  description:
    'Prints what Slack has to know of an app for the bot: its commands, shortcuts, events and the least scopes that they need. On api.slack.com/apps: Create New App, From a manifest. Without --url for Socket Mode.',
  examples: [
    ['autodevops slack manifest', 'for a bot that needs no inbound network'],
    ['autodevops slack manifest --url https://bot.example.com --app A0123456789', 'for one that Slack calls'],
  ],
  options: z.object({
    name: option(z.string().trim().min(1).max(35).default('Auto-DevOps'), {
      value: 'NAME',
      says: 'What the app is called in Slack.',
    }),
    url: option(z.url({ protocol: /^https$/ }).optional(), { value: 'ADDRESS', says: 'Where Slack finds the bot.' }),
    app: option(
      z
        .string()
        .regex(/^A[A-Z0-9]{2,20}$/, 'the id of an app: A0123456789')
        .optional(),
      { value: 'ID', says: 'Its id, once Slack has given it one: it is part of the address.' },
    ),
    unfurl: option(z.array(z.string().min(1)).max(5).optional(), {
      value: 'DOMAIN',
      says: 'Show links to this domain in a line; may be repeated.',
    }),
    distributed: option(z.boolean().default(false), { says: 'For several workspaces, which install it by OAuth.' }),
    output: option(z.enum(['yaml', 'json']).default('yaml'), { short: 'o', value: 'FORMAT', says: 'yaml or json.' }),
    ...everywhere,
  }),
  run: async ({ options: { name, url, app, unfurl, distributed, output }, surroundings }) => {
    const manifest = await (
      await surroundings.slack()
    ).manifest({ name, url, app, unfurlDomains: unfurl ?? [], isDistributed: distributed });
    surroundings.stdout.write(await structuredText(manifest, output));
    return 0;
  },
});
