import { redact } from '@autodevops/domain/redact';

/** Longer lines are cut: no rule reads that far, and masking costs more than its length in hostile text. */
const longestLine = 16 * 1024;

/** A log's text with what looks like a credential masked. */
export function redactLog(text: string): string {
  const lines =
    text.length > longestLine
      ? text.split('\n').map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
      : undefined;
  return redact(lines === undefined ? text : lines.join('\n'));
}
