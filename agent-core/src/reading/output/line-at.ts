/** The whole line of a text around a position, without splitting the text. */
export function lineAt(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position) + 1;
  const end = text.indexOf('\n', position);
  return text.slice(start, end < 0 ? text.length : end);
}

/** Lines that hold these words, the newest first: a long log is searched from its end and never split. At most `most`. */
export function newestLinesWith(text: string, words: string, most: number): readonly string[] {
  const lines: string[] = [];
  let at = text.lastIndexOf(words);
  while (at >= 0 && lines.length < most) {
    lines.push(lineAt(text, at));
    const start = text.lastIndexOf('\n', at);
    at = start <= 0 ? -1 : text.lastIndexOf(words, start - 1);
  }
  return lines;
}
