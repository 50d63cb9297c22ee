import type { CommandEntry } from '../command.ts';
import { optionTable } from '../options/option-table.ts';
import type { OptionRow } from '../options/option-table.ts';
import { everywhere } from '../options/groups.ts';
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
| 64 | the command line is off, or nothing has the name that it gives |
| 65 | an audit log or a store is not as it was written |
| 69 | the cluster, the agent or the store cannot be reached or read |
| 70 | autodevops itself failed; the message names a reference and the file with the details |
| 73, 74 | the store can only be read; there is no room for it |
| 75 | somebody else is at it, or the cluster has changed meanwhile: try again |
| 77 | refused: by the policy, by a rule of approval, by the kill switch, or for want of rights |
| 78 | a configuration or a policy is not valid |
| 130 | interrupted |

Errors go to stderr as two sentences, what happened and what to do; with \`--output json\` also to stdout as
\`{"error":{"code","message","remedy"}}\`. Colours appear on terminals only; \`NO_COLOR\`, \`FORCE_COLOR\`, \`--color\` and
\`--no-color\` decide otherwise. \`COLUMNS\` sets the width.

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

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('<', '&lt;');
}

function optionRow(row: OptionRow): string {
  const names = [...(row.short === undefined ? [] : [`\`-${row.short}\``]), `\`--${row.name}${row.takesValue ? ` ${row.value ?? 'VALUE'}` : ''}\``].join(', ');
  const standard = row.standard === '' ? '' : `\`${row.standard}\``;
  return `| ${names} | ${cell(row.says)} | ${standard} |`;
}

async function section(entry: CommandEntry): Promise<string> {
  const command = await entry.load();
  const own = optionTable(command.options).filter((row) => !Object.hasOwn(everywhere, row.key));
  const examples = command.examples.map(([line, says]) => `- \`${line}\`: ${says}`);
  const lines = [
    `## ${entry.name}`,
    '',
    `\`${usageLine(entry, command)}\``,
    '',
    command.description,
    ...(examples.length === 0 ? [] : ['', ...examples]),
    ...(own.length === 0 ? [] : ['', '| option | what it does | default |', '|---|---|---|', ...own.map(optionRow)]),
    '',
  ];
  return lines.join('\n');
}

/** docs/cli.md, whole. */
export async function referencePage(entries: readonly CommandEntry[]): Promise<string> {
  const sections = await Promise.all(entries.filter((entry) => !entry.name.startsWith('__')).map(section));
  return [intro, ...sections, suppressions].join('\n');
}
