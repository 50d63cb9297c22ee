/** Characters of one column each that do not combine: Latin, and the marks and arrows that we write ourselves. */
const simple = /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u2193\u2500-\u257F\u25CB\u2713-\u2718]*$/;
const sequences = /\u001B\[[\d;]*m/g;
const zero = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const pictures = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|^\p{Regional_Indicator}{2}/u;

/** East Asian Width W and F: https://www.unicode.org/reports/tr11/ (whole blocks; close enough to align columns). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

let segmenter: Intl.Segmenter | undefined;

/** What a person sees as single characters. */
export function graphemes(text: string): readonly string[] {
  if (simple.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map((s) => s.segment);
}

function graphemeWidth(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point < 0x20 || zero.test(grapheme)) return 0;
  if (point < 0x300) return 1;
  if (pictures.test(grapheme)) return 2;
  return wide.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** Terminal columns that a text takes; colour sequences take none. */
export function displayWidth(text: string): number {
  if (simple.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text.replaceAll(sequences, ''))) width += graphemeWidth(grapheme);
  return width;
}

/** Cut to a width, with an ellipsis when something was cut. */
export function cutTo(text: string, width: number, ellipsis = '…'): string {
  if (displayWidth(text) <= width) return text;
  let out = '';
  let used = displayWidth(ellipsis);
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme);
    if (used > width) break;
    out += grapheme;
  }
  return out + ellipsis;
}

/** Filled with spaces up to a width. */
export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
