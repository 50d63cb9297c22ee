const unprintable =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

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
  return flat.length <= length ? flat : `${flat.slice(0, Math.max(0, length - 1))}…`;
}
