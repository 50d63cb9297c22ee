import { command } from '../../command.ts';
import { everywhere } from '../../options/groups.ts';
import { choice, flag, listOf, matching, readBy, standing, text } from '../../options/form.ts';
import { option } from '../../options/option.ts';
import { structuredText } from '../../render/structured.ts';

/** As long as Slack lets it be. */
const appName = readBy((word) => {
  const name = word.trim();
  return name === '' || name.length > 35 ? { wanted: 'a name of at most 35 characters' } : { value: name };
});

const httpsAddress = readBy((word) =>
  URL.canParse(word) && new URL(word).protocol === 'https:'
    ? { value: word }
    : { wanted: 'an address that begins with https://' },
);

export const slackManifestCommand = command({
  operands: '',
  description:
    'Prints what Slack has to know of an app for the bot: its commands, shortcuts, events and the least scopes that they need. On api.slack.com/apps: Create New App, From a manifest. Without --url for Socket Mode.',
  examples: [
    ['autodevops slack manifest', 'for a bot that needs no inbound network'],
    ['autodevops slack manifest --url https://bot.example.com --app A0123456789', 'for one that Slack calls'],
  ],
  options: {
    name: option(standing(appName, 'Auto-DevOps'), {
      value: 'NAME',
      says: 'What the app is called in Slack.',
    }),
    url: option(httpsAddress, { value: 'ADDRESS', says: 'Where Slack finds the bot.' }),
    app: option(matching(/^A[A-Z0-9]{2,20}$/, 'the id of an app: A0123456789'), {
      value: 'ID',
      says: 'Its id, once Slack has given it one: it is part of the address.',
    }),
    unfurl: option(listOf(text, 5), {
      value: 'DOMAIN',
      says: 'Show links to this domain in a line; may be repeated.',
    }),
    distributed: option(flag, { says: 'For several workspaces, which install it by OAuth.' }),
    linkByEmail: option(flag, {
      says: 'To link people by the e-mail address that Slack knows, as `linkByEmail` of the configuration says.',
    }),
    output: option(standing(choice(['yaml', 'json']), 'yaml'), { short: 'o', value: 'FORMAT', says: 'yaml or json.' }),
    ...everywhere,
  },
  run: async ({ options: { name, url, app, unfurl, distributed, linkByEmail, output }, surroundings }) => {
    const manifest = await (
      await surroundings.slack()
    ).manifest({ name, url, app, unfurlDomains: unfurl ?? [], isDistributed: distributed, readsEmail: linkByEmail });
    surroundings.stdout.write(await structuredText(manifest, output));
    return 0;
  },
});
