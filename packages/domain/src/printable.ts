/** Controls, separators of lines, and all that Unicode gives no look of its own; but not what chooses an emoji's look. */
const unprintable =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFFF9-\uFFFB[\p{Default_Ignorable_Code_Point}--[\uFE0E\uFE0F]]]/gv;

/**
 * Foreign text made safe for a terminal and for the eye: control characters, escape sequences and invisible or
 * direction-changing characters are shown as `\x1b` or `\u{202e}`, never obeyed. Line feeds and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(unprintable, (char) => {
    const point = char.codePointAt(0) ?? 0;
    return point < 0x100 ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
  });
}

/** On one line, at most `length` characters, cut at an ellipsis. */
export function oneLine(text: string, length: number): string {
  const flat = printable(text.replaceAll(/\s+/g, ' ').trim());
  if (flat.length <= length) return flat;
  // Half of a character is none.
  return `${flat.slice(0, Math.max(0, length - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
