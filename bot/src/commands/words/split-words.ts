/** A word of a command. One that was quoted is never an option. */
export interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Each opening mark with what closes it: straight ones, and those that keyboards make of them. */
const doubles = '"“”„‟«»';
const singles = "'‘’‚‛`";

/** Where a quotation ends, the mark itself not counted; undefined where it never does. */
function endOfQuote(text: string, start: number, marks: string): number | undefined {
  for (let at = start; at < text.length; at += 1) {
    if (!marks.includes(text.charAt(at))) continue;
    // A single mark within a word is an apostrophe.
    if (marks === singles && /[^\s]/.test(text.charAt(at + 1))) continue;
    return at;
  }
  return undefined;
}

function marksAt(text: string, at: number): string | undefined {
  const mark = text.charAt(at);
  return doubles.includes(mark) && mark !== '' ? doubles : singles.includes(mark) && mark !== '' ? singles : undefined;
}

/** An entity of Slack (`<@U2|Bob B>`) is one word, whatever stands in it. */
const entity = /<[@#!][^<>]{0,400}>/y;

function endOfWord(text: string, start: number): number {
  entity.lastIndex = start;
  const found = entity.exec(text);
  if (found !== null) return entity.lastIndex;
  for (let at = start; at < text.length; at += 1) if (/\s/.test(text.charAt(at))) return at;
  return text.length;
}

/**
 * Splits what follows a command into words. Quotation marks, straight or typographic, hold words together at the
 * beginning of a word and behind `=`; a mark that nothing closes is a character like others.
 */
export function splitWords(text: string): readonly Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length;) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const marks = marksAt(text, at);
    const end = marks === undefined ? undefined : endOfQuote(text, at + 1, marks);
    if (end !== undefined) {
      words.push({ text: text.slice(at + 1, end), isQuoted: true });
      at = end + 1;
      continue;
    }
    const [word, after] = plainWord(text, at);
    words.push({ text: word, isQuoted: false });
    at = after;
  }
  return words;
}

/** A word without quotation before it: `--why="two words"` and `value="two words"` are one. */
function plainWord(text: string, start: number): readonly [string, number] {
  const end = endOfWord(text, start);
  const equals = text.indexOf('=', start);
  const marks = equals > start && equals < end ? marksAt(text, equals + 1) : undefined;
  const close = marks === undefined ? undefined : endOfQuote(text, equals + 2, marks);
  return close === undefined
    ? [text.slice(start, end), end]
    : [`${text.slice(start, equals + 1)}${text.slice(equals + 2, close)}`, close + 1];
}
