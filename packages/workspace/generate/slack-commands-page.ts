import { slashCommands } from '../../../bot/src/commands/registry.ts';
import { share } from '../../../bot/src/commands/sharing/share-option.ts';
import type { SlashCommand } from '../../../bot/src/commands/slash-command.ts';
import type { SubCommand } from '../../../bot/src/commands/sub-command.ts';
import { shortcutHandlers } from '../../../bot/src/shortcuts/registry.ts';

const intro = `# What people say to the bot in Slack

Generated from the bot's own declarations by \`npm run generate\`; \`/jamie help\`, \`/scarlet help\`, \`/incident help\`,
\`/customer help\` and \`/autodevops help\` say the same.

Answers to commands are seen by the asker alone. A button shows one to the whole channel, exactly as it was seen and once;
\`--share\` says it to everybody from the beginning. Neither does so where another company reads along, or where the bot does
not see who reads. Quotation marks hold words together, also those that phones make of
them; a dash that a phone made of two hyphens is two hyphens. What somebody may do is what his role in the agent says:
the bot asks the agent in his name, and who is not linked to a person there (\`/autodevops link\`) sees nothing of the
cluster. No word approves a change: the button under the plan does, and only what stands above it.

| where | what one says |
|---|---|
| in a channel | mention the bot and ask; it answers in a thread. While it works on that, Slack shows a button that stops it |
| in a thread that it takes part in | ask on without mentioning it: "and its logs?", "is it better now?". What does not ask is left to people |
| in the thread of an incident or a change | "it" is what the thread is about; \`timeline: what happened\` is kept for the post-mortem |
| in the bot's own messages | ask; above the conversation stand questions about what is wrong now |
| in the app's home | what waits for your yes, open incidents, the cluster, the kill switch |
| in a message | a link to an incident or a change under an address of \`links\` in the configuration is shown in a line |
`;

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;');
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

const needs: Readonly<Record<SubCommand['need'], string>> = {
  help: 'anybody of the workspace',
  link: 'anybody of the workspace',
  read: 'who is linked',
  act: 'who is linked and has the role',
};

function wordSection(
  { name: command }: SlashCommand,
  { name, operands, says, examples, need, options }: SubCommand,
): readonly string[] {
  const rows = Object.entries(options).map(([option, { short, value, takes, says: does }]) => {
    const names = [
      ...(short === undefined ? [] : [`\`-${short}\``]),
      `\`${joined(`--${option}`, takes === 'nothing' ? '' : (value ?? 'VALUE'))}\``,
    ].join(', ');
    return `| ${names} | ${cell(does)} |`;
  });
  return [
    `### ${command} ${name}`,
    '',
    `\`${joined(command, name, operands)}\` (${needs[need]})`,
    '',
    says,
    '',
    ...examples.map((example) => `- \`${command} ${example}\``),
    ...(rows.length === 0 ? [] : ['', '| option | what it does |', '|---|---|', ...rows]),
    '',
  ];
}

function commandSection(command: SlashCommand): readonly string[] {
  return [
    `## ${command.name}`,
    '',
    command.says,
    ...(command.otherwise === undefined
      ? []
      : [
          '',
          `Several words that begin with none of these are taken as \`${command.name} ${command.otherwise.name}\`.`,
        ]),
    '',
    ...command.words.flatMap((word) => wordSection(command, word)),
  ];
}

function shortcutSection(): readonly string[] {
  const rows = shortcutHandlers.map(
    ({ listing }) =>
      `| ${cell(listing?.title ?? '')} | ${listing?.place === 'message' ? 'the menu of a message' : 'everywhere'} | ${cell(listing?.description ?? '')} |`,
  );
  return ['## Shortcuts', '', '| name | where | what it does |', '|---|---|---|', ...rows, ''];
}

/** docs/slack-commands.md, whole. */
export function slackCommandsPage(): { readonly path: string; readonly text: string } {
  const sharing = Object.entries(share).map(
    ([option, { says }]) =>
      `Every word that answers with something to share takes \`--${option}\`: ${says.charAt(0).toLowerCase()}${says.slice(1)}`,
  );
  return {
    path: 'docs/slack-commands.md',
    text: [intro, ...sharing, '', ...slashCommands.flatMap(commandSection), ...shortcutSection()].join('\n'),
  };
}
