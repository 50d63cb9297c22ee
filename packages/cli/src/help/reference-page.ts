import type { Command, CommandEntry } from '../command.ts';
import { agentOptions } from '../options/agent-options.ts';
import { clusterOptions, everywhere, scopeOptions, signalOptions } from '../options/groups.ts';
import { optionTable, standardText } from '../options/option-table.ts';
import type { OptionSchema } from '../options/option.ts';
import type { OptionRow } from '../options/option-table.ts';
import { usageLine } from './command-help.ts';

const intro = `# The command line

Generated from the commands' own declarations by \`npm run generate\`; \`autodevops COMMAND --help\` says the same.

What looks (\`diagnose\`, \`ask\`, \`changes\`, \`graph\`, \`capture\`) only reads. What changes something (\`fix\`, \`change\`)
goes through an agent: the policy decides who has to agree, and everything is written to the audit log before it is
done. A running agent (\`agent start\`) is found by its socket, or by the address of its configuration, where
\`AUTODEVOPS_TOKEN\` says who asks (\`people token\`); without one each command is the agent for as long as it runs, on the
same store in the user's state folder. Everything that is printed from a cluster is made safe first: control characters, escape sequences
and invisible characters are shown, not obeyed.

| exit code | means |
|---|---|
| 0 | healthy, or done |
| 1 | a problem was found; a change did not help, or was not agreed to (\`doctor\`: something that is needed is missing) |
| 2 | inconclusive: not everything could be looked at, or the question was not understood; a change waits for somebody's yes |
| 64 | the command line or a request is off, or nothing has the name that it gives |
| 65 | an audit log or a store is not as it was written |
| 69 | the cluster, the agent or the store cannot be reached or read |
| 70 | autodevops itself failed; the message names a reference and the file with the details |
| 73, 74 | the store can only be read; there is no room for it |
| 75 | somebody else is at it, or the cluster has changed meanwhile: try again |
| 77 | refused: by the policy, by a rule of approval, by the kill switch, or for want of rights |
| 78 | a configuration or a policy is not valid |
| 130 | interrupted |

Errors go to stderr as two sentences, what happened and what to do; with \`--output json\` also to stdout as
\`{"error":{"code","message","remedy"}}\`, with \`remedyParts\` where the remedy names what can be done next: words, and steps
as data. Colours appear on terminals only; \`NO_COLOR\`, \`FORCE_COLOR\`, \`--color\` and \`--no-color\` decide otherwise.
\`COLUMNS\` sets the width.

Every command also has \`-h\`/\`--help\`, \`--color\` and \`--no-color\`.
`;

const suppressions = `## Suppressions

A known problem can be left out until a day, by a file (\`diagnose --suppressions FILE\`) or by an annotation on the object.
Each suppression names an owner, a reason and an expiry; without one of them nothing is suppressed, and once it has
expired the problem is reported again. \`code\` may end in \`.*\`; each part of \`object\` may be \`*\`.

\`\`\`yaml
suppressions:
  - code: pod.image.not-found
    object: Deployment/shop/web
    owner: ann
    reason: waiting for the vendor
    expires: 2026-12-31
\`\`\`
`;

/** Options that many commands have: described once. */
const common = { ...scopeOptions, ...clusterOptions, ...signalOptions, ...agentOptions };

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;');
}

function optionRow(row: OptionRow): string {
  const names = [
    ...(row.short === undefined ? [] : [`\`-${row.short}\``]),
    `\`--${row.name}${row.takesValue ? ` ${row.value ?? 'VALUE'}` : ''}\``,
  ].join(', ');
  const standard = standardText(row) === '' ? '' : `\`${standardText(row)}\``;
  return `| ${cell(names)} | ${cell(row.says)} | ${standard} |`;
}

function optionTableText(rows: readonly OptionRow[]): string {
  return ['| option | what it does | default |', '|---|---|---|', ...rows.map(optionRow)].join('\n');
}

/** Whether a command's option is the very one that many have; some give a word of their own meaning to the same name. */
function isCommon({ options }: Command, { key }: OptionRow): boolean {
  return options[key] === (common as OptionSchema)[key];
}

function otherOptions(rows: readonly OptionRow[]): string {
  return `Besides: ${rows.map(({ name }) => `\`--${name}\``).join(', ')} ([common options](#common-options)).`;
}

async function section(entry: CommandEntry): Promise<string> {
  const command = await entry.load();
  const rows = optionTable(command.options).filter((row) => !Object.hasOwn(everywhere, row.key));
  const [own, shared] = [rows.filter((row) => !isCommon(command, row)), rows.filter((row) => isCommon(command, row))];
  const examples = command.examples.map(([line, says]) => `- \`${line}\`: ${says}`);
  const parts = [
    `## ${entry.name}`,
    `\`${usageLine(entry, command)}\``,
    command.description,
    ...(examples.length === 0 ? [] : [examples.join('\n')]),
    ...(own.length === 0 ? [] : [optionTableText(own)]),
    ...(shared.length === 0 ? [] : [otherOptions(shared)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function contents(entries: readonly CommandEntry[]): string {
  const rows = entries.map(
    ({ name, summary }) => `| [\`${name}\`](#${name.replaceAll(' ', '-')}) | ${cell(summary)} |`,
  );
  return `## Commands\n\n| command | what it does |\n|---|---|\n${rows.join('\n')}\n`;
}

function commonOptions(): string {
  return `## Common options\n\nEach command takes those that it lists under its own.\n\n${optionTableText(optionTable(common))}\n`;
}

/** docs/cli.md, whole. */
export async function referencePage(entries: readonly CommandEntry[]): Promise<string> {
  const shown = entries.filter((entry) => !entry.name.startsWith('__'));
  const sections = await Promise.all(shown.map(section));
  return [intro, contents(shown), commonOptions(), ...sections, suppressions].join('\n');
}
