import { failureWords } from './output-failure.ts';
import type { ReadableLine } from './readable-line.ts';

const readable = 200;

/** Of a long line the part that tells of the failure: from the sentence or clause on in which its words stand. */
export function tellingPart(line: ReadableLine): string {
  const { text, lower } = line;
  const words = text.length <= readable ? '' : failureWords(line);
  const at = words === '' ? -1 : lower.indexOf(words);
  if (at + words.length <= readable) return text;
  const begins = ['\n', '. ', '; ', ': ', ', '].map((mark) => text.lastIndexOf(mark, at)).filter((found) => found >= 0 && at - found < readable / 2);
  const from = Math.min(...begins);
  return Number.isFinite(from) ? text.slice(from + 1).trim() : text.slice(Math.max(0, at - readable / 4));
}
