import { printable } from './printable.ts';

/** Everything that printable() would show as an escape, but for the line feeds of the layout. */
function escapeUnsafe(text: string): string {
  return text.replace(/[^\u0020-\u007E\n]/gu, (char) => {
    if (printable(char) === char) return char;
    return char
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  });
}

/**
 * JSON that means the same, cannot drive a terminal and hides nothing from who reads it, a model included: unsafe characters
 * are written as `\u....`.
 */
export function safeJson(value: unknown, indent = 2): string {
  return `${escapeUnsafe(JSON.stringify(value, null, indent) ?? 'null')}\n`;
}
