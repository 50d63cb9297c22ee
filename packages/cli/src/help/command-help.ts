import type { Command, CommandEntry } from '../command.ts';
import { optionTable, optionUsage, standardText } from '../options/option-table.ts';
import type { OptionRow } from '../options/option-table.ts';
import type { Look } from '../terminal/look.ts';
import { paint } from '../terminal/paint.ts';
import { padTo } from '../terminal/width.ts';
import { hang, wrap } from '../terminal/wrap.ts';

const longestUsage = 30;

function optionText(row: OptionRow): string {
  const standard = standardText(row) === '' ? '' : ` Default: ${standardText(row)}.`;
  const choices =
    row.choices.length > 0 && !row.choices.every((choice) => row.says.includes(choice))
      ? ` One of ${row.choices.join(', ')}.`
      : '';
  return row.says + choices + standard;
}

function optionLines(rows: readonly OptionRow[], columns: number): readonly string[] {
  const width = Math.min(longestUsage, Math.max(...rows.map((row) => optionUsage(row).length)));
  return rows.flatMap((row) => {
    const usage = optionUsage(row);
    const label = `  ${padTo(usage, width)}  `;
    if (usage.length <= width) return hang(label, optionText(row), columns);
    return [`  ${usage}`, ...hang(' '.repeat(width + 4), optionText(row), columns)];
  });
}

/** `autodevops diagnose [KIND/NAME ...] [options]` */
export function usageLine(entry: CommandEntry, command: Command): string {
  return ['autodevops', entry.name, command.operands, '[options]'].filter((part) => part !== '').join(' ');
}

/** What `autodevops COMMAND --help` prints. */
export function commandHelp(entry: CommandEntry, command: Command, look: Look): string {
  const title = (text: string): string => paint(look, 'bold', text);
  const examples = command.examples.flatMap(([line, says]) => [
    `  ${paint(look, 'cyan', line)}`,
    ...hang('      ', says, look.columns),
  ]);
  const lines = [
    ...wrap(command.description, look.columns),
    '',
    title('Usage'),
    `  ${usageLine(entry, command)}`,
    ...(examples.length === 0 ? [] : ['', title('Examples'), ...examples]),
    '',
    title('Options'),
    ...optionLines(optionTable(command.options), look.columns),
  ];
  return `${lines.join('\n')}\n`;
}
