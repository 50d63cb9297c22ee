import { printable } from '@autodevops/domain/printable';

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

/** JSON that means the same and cannot drive a terminal: unsafe characters are written as `\u....`. */
export function safeJson(value: unknown): string {
  return `${escapeUnsafe(JSON.stringify(value, null, 2) ?? 'null')}\n`;
}
