/** A word of more letters is cut; the longest index entry of PostgreSQL is 2046 bytes. */
const longestWord = 64;
/** More words of one text are not searched; PostgreSQL keeps positions up to 16383. */
const mostWords = 10_000;

/**
 * The words of a text as every store indexes and looks for them: runs of letters and digits, small, without accents.
 * Nothing that a search language could read as syntax is left in them.
 */
export function searchWords(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, mostWords).map((word) => [...word].slice(0, longestWord).join(''));
}

/** The different words of what somebody looks for. */
export function wantedWords(text: string): readonly string[] {
  return [...new Set(searchWords(text))].slice(0, 64);
}
