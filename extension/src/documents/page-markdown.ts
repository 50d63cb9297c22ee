import type { Answer } from '@autodevops/domain/answer';
import { markdownText } from '@autodevops/domain/markdown-text';

const rule = /^─+$/;
const isIndented = (line: string | undefined): boolean => line?.startsWith('  ') === true;

/** A line by its place among the others: what stands over indented lines is a heading, these are its list. */
function lineMarkdown(line: string, before: string | undefined, after: string | undefined): string {
  const text = markdownText(line.trim());
  if (rule.test(line)) return '\n---\n';
  if (line.startsWith('    ')) return `  ${text}  `;
  if (isIndented(line)) return `- ${text}  `;
  if (isIndented(after)) return `**${text}**\n`;
  if (before !== undefined && rule.test(before)) return `**${text}**  `;
  return text === '' ? '' : `${text}  `;
}

/** A page of plain text for a place that shows Markdown, broken where there is no more room: every sign of it is shown as it is. */
export function pageMarkdown(page: string): string {
  const lines = page.trimEnd().split('\n');
  return lines.map((line, index) => lineMarkdown(line, lines[index - 1], lines[index + 1])).join('\n');
}

/** A table of an answer; its cells are text. */
export function tableMarkdown({ columns, rows }: NonNullable<Answer['table']>): string {
  const row = (cells: readonly string[]): string => `| ${cells.map((cell) => markdownText(cell)).join(' | ')} |`;
  return [row(columns), `|${' --- |'.repeat(columns.length)}`, ...rows.map(row)].join('\n');
}
