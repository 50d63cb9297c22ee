import { searchWords } from '../search/search-words.ts';

// Limits of tsvector: positions of one word, the highest position, the bytes of the whole (a megabyte).
const mostPositions = 255;
const highestPosition = 16_383;
const mostBytes = 500_000;

/** The text of a tsvector. Words hold letters and digits alone, so quotation marks around them are enough. */
export function vectorText(text: string): string {
  const places = new Map<string, number[]>();
  let bytes = 0;
  for (const [at, word] of searchWords(text).entries()) {
    const known = places.get(word);
    if (known === undefined) bytes += Buffer.byteLength(word) + 8;
    if (bytes > mostBytes) break;
    if (known === undefined) places.set(word, [at + 1]);
    else if (known.length < mostPositions) known.push(Math.min(at + 1, highestPosition));
  }
  return [...places].map(([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}

/** Any of the words, as the text of a tsquery. */
export function queryText(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(' | ');
}
