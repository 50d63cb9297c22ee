import type { OutputLine } from './output-line.ts';

/** The line after it that gives the reason in detail: PostgreSQL puts it into a line of its own, `DETAIL: ...` or `detail: ...`. */
export function detailLine(output: readonly OutputLine[], line: OutputLine): OutputLine | undefined {
  const next = output[output.indexOf(line) + 1];
  return next !== undefined && /\b(?:DETAIL|HINT|Detail|detail|hint):\s/.test(next.text) ? next : undefined;
}

/** What stands behind the word: `The data directory was initialized by PostgreSQL version 16`. */
export function detailText(line: OutputLine): string {
  return line.text.replace(/^.*?\b(?:detail|hint):\s*/i, '');
}
