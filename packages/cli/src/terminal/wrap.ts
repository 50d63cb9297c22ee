import { displayWidth, graphemes } from './width.ts';

/** A word that is longer than a line, cut into pieces that fit. */
function pieces(word: string, width: number): string[] {
  const out: string[] = [];
  let piece = '';
  for (const grapheme of graphemes(word)) {
    if (piece !== '' && displayWidth(piece + grapheme) > width) {
      out.push(piece);
      piece = '';
    }
    piece += grapheme;
  }
  return piece === '' ? out : [...out, piece];
}

function isClosed(text: string): boolean {
  return text.split('`').length % 2 === 1;
}

/** Words; what stands between back-quotes is one, where a line has room for it: a command in two halves cannot be copied. */
function words(line: string, width: number): readonly string[] {
  const out: string[] = [];
  let held: string[] = [];
  for (const word of line.split(' ')) {
    held.push(word);
    const whole = held.join(' ');
    if (!isClosed(whole)) continue;
    out.push(...(displayWidth(whole) <= width ? [whole] : held));
    held = [];
  }
  return [...out, ...held].flatMap((word) => (displayWidth(word) > width ? pieces(word, width) : [word]));
}

function wrapLine(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of words(line, width)) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (current !== '' && displayWidth(joined) > width) {
      lines.push(current);
      current = word;
    } else {
      current = joined;
    }
  }
  return [...lines, current].map((part) => part.trimEnd());
}

/** Broken at spaces to lines of at most `width` columns; line feeds in the text are kept. */
export function wrap(text: string, width: number): readonly string[] {
  const usable = Math.max(10, width);
  return text
    .replaceAll('\t', '  ')
    .split('\n')
    .flatMap((line) => wrapLine(line.trimEnd(), usable));
}

/** Wrapped behind a label: the first line after it, the others under its text. */
export function hang(label: string, text: string, width: number): readonly string[] {
  const indent = displayWidth(label);
  const rest = ' '.repeat(indent);
  return wrap(text, width - indent).map((line, index) => (index === 0 ? label : rest) + line);
}
